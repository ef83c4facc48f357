import { isIPv6 } from "node:net";
import type { Direction, MediaSection } from "./session-description.js";
import type { TelephoneAudio } from "./telephone-audio.js";

/** Where plain RTP is received here. */
export interface LocalAudio {
  readonly ip: string;
  readonly port: number;
  readonly direction: Direction;
  /** It must grow with each SDP of a session. */
  readonly version: number;
  readonly sessionId: number;
}

/** Our side of plain RTP: an offer, or a response to one whose sections are given. */
export function plainSdp(
  local: LocalAudio,
  audio: TelephoneAudio,
  offered: readonly MediaSection[] = [],
): string {
  const family = isIPv6(local.ip) ? "IP6" : "IP4";
  const session = [
    "v=0",
    `o=sandbox ${local.sessionId} ${local.version} IN ${family} ${local.ip}`,
    "s=sipgate-sandbox",
    `c=IN ${family} ${local.ip}`,
    "t=0 0",
  ];
  const first = offered.findIndex(({ kind }) => kind === "audio");
  const sections =
    offered.length === 0
      ? [audioLines(local, audio)]
      : offered.map((section, index) => (index === first ? audioLines(local, audio) : refused(section)));
  return `${[...session, ...sections.flat()].join("\r\n")}\r\n`;
}

function audioLines({ port, direction }: LocalAudio, { laws, eventPayloadType }: TelephoneAudio): string[] {
  const events = eventPayloadType === undefined ? [] : [eventPayloadType];
  return [
    `m=audio ${port} RTP/AVP ${[...laws.keys(), ...events].join(" ")}`,
    ...Array.from(laws, ([payloadType, law]) => `a=rtpmap:${payloadType} ${law.toUpperCase()}/8000`),
    ...events.flatMap((event) => [`a=rtpmap:${event} telephone-event/8000`, `a=fmtp:${event} 0-15`]),
    "a=ptime:20",
    `a=${direction}`,
  ];
}

/** A section that we don't want, such as video: it keeps its place. */
function refused({ kind, protocol, formats }: MediaSection): string[] {
  return [`m=${kind} 0 ${protocol} ${formats[0] ?? "0"}`];
}

/** Our direction in response to the phone's. */
export function answerTo(direction: Direction): Direction {
  if (direction === "sendonly") return "recvonly";
  return direction === "recvonly" ? "sendonly" : direction;
}
