import type { Negotiated } from "../media-session.js";
import { parseSdp, type SessionDescription } from "../sdp/session-description.js";
import { telephoneAudioIn } from "../sdp/telephone-audio.js";

const PROTOCOLS: readonly string[] = ["UDP/TLS/RTP/SAVPF", "UDP/TLS/RTP/SAVP"];
const ICE_LITE = "a=ice-lite";
const FINGERPRINT = /^fingerprint:sha-256 (?:[0-9a-f]{2}:){31}[0-9a-f]{2}$/i;

/**
 * What a browser and we have in common; `undefined` if that's no encrypted audio. werift takes an SDP without a
 * fingerprint for good, and then anybody for the browser.
 */
export function negotiatedWith(sdp: string): Negotiated | undefined {
  const description = parseSdp(sdp);
  const section = description?.media.find(({ kind }) => kind === "audio");
  if (description === undefined || section === undefined || section.port === 0) return undefined;
  if (!PROTOCOLS.includes(section.protocol) || !hasKeys(description)) return undefined;
  const audio = telephoneAudioIn(section);
  return audio === undefined ? undefined : { audio, phoneDirection: section.direction };
}

function hasKeys({ attributes, media }: SessionDescription): boolean {
  const all = [...attributes, ...media.flatMap((section) => section.attributes)];
  const fingerprints = all.filter((attribute) => attribute.startsWith("fingerprint:"));
  const has = (name: string): boolean => all.some((attribute) => attribute.startsWith(`${name}:`));
  return (
    fingerprints.length > 0 &&
    fingerprints.every((attribute) => FINGERPRINT.test(attribute)) &&
    has("ice-ufrag") &&
    has("ice-pwd")
  );
}

/**
 * Our SDP with the candidates of one address alone. `ice-lite` is said of the whole session (RFC 8839, 5.3): werift says it
 * of each section, where browsers don't look. Not knowing it, Chromium begins in the wrong role, and its checks are refused.
 */
export function ownSdp(sdp: string, ip: string): string {
  const isKept = (line: string): boolean =>
    line !== ICE_LITE && (!line.startsWith("a=candidate:") || line.split(" ")[4] === ip);
  return linesOf(sdp, isKept).replace(/^t=.*\r\n/m, `$&${ICE_LITE}\r\n`);
}

/**
 * A browser's SDP without candidates that are names (`….local`): they'd be looked up. We don't need any: the browser
 * comes to us.
 */
export function withoutNames(sdp: string): string {
  return linesOf(
    sdp,
    (line) => !line.startsWith("a=candidate:") || /^[\d.]+$/.test(line.split(" ")[4] ?? ""),
  );
}

function linesOf(sdp: string, isKept: (line: string) => boolean): string {
  return `${sdp
    .split(/\r?\n/)
    .filter((line) => line !== "" && isKept(line))
    .join("\r\n")}\r\n`;
}
