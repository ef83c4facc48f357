import type { Law } from "../g711.js";
import type { MediaSection } from "./session-description.js";

/** The number that telephone-event gets in our offers. */
export const EVENT_PAYLOAD_TYPE = 101;

/** What both sides can speak: the payload types of the two kinds of G.711 and of DTMF tones. */
export interface TelephoneAudio {
  /** What we send, as the phone prefers it. */
  readonly law: Law;
  readonly payloadType: number;
  /** `undefined` if the phone knows no tones. */
  readonly eventPayloadType: number | undefined;
  /** What may arrive. */
  readonly laws: ReadonlyMap<number, Law>;
}

/** What our offers have. */
export const OFFERED: TelephoneAudio = {
  law: "pcmu",
  payloadType: 0,
  eventPayloadType: EVENT_PAYLOAD_TYPE,
  laws: new Map([
    [0, "pcmu"],
    [8, "pcma"],
  ]),
};

/** What a phone's section has in common with us; `undefined` if that's no audio. */
export function telephoneAudioIn({ formats, attributes }: MediaSection): TelephoneAudio | undefined {
  const laws = new Map<number, Law>();
  let eventPayloadType: number | undefined;
  for (const format of formats) {
    const payloadType = /^\d{1,3}$/.test(format) ? Number(format) : 128;
    if (payloadType > 127) continue;
    const encoding = encodingOf(payloadType, attributes);
    if (encoding === "pcmu" || encoding === "pcma") laws.set(payloadType, encoding);
    else if (encoding === "telephone-event") eventPayloadType ??= payloadType;
  }
  const [preferred] = laws;
  if (preferred === undefined) return undefined;
  return { payloadType: preferred[0], law: preferred[1], eventPayloadType, laws };
}

/** The name in lower case; empty unless it's mono at 8 kHz. */
function encodingOf(payloadType: number, attributes: readonly string[]): string {
  const prefix = `rtpmap:${payloadType} `;
  const mapped = attributes.find((attribute) => attribute.startsWith(prefix))?.slice(prefix.length);
  if (mapped === undefined) return payloadType === 0 ? "pcmu" : payloadType === 8 ? "pcma" : "";
  const [name = "", rate = "", channels = "1"] = mapped.trim().split("/");
  return rate === "8000" && channels === "1" ? name.toLowerCase() : "";
}
