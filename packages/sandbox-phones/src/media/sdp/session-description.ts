import { isIP } from "node:net";

export type Direction = "sendrecv" | "sendonly" | "recvonly" | "inactive";

/** One `m=` section of an SDP. */
export interface MediaSection {
  /** Such as `audio`. */
  readonly kind: string;
  /** 0: it isn't wanted. */
  readonly port: number;
  /** Such as `RTP/AVP`. */
  readonly protocol: string;
  readonly formats: readonly string[];
  /** The section's own address, or else the session's; empty if it's none. */
  readonly ip: string;
  readonly direction: Direction;
  /** `a=` lines in order, without `a=`. */
  readonly attributes: readonly string[];
}

export interface SessionDescription {
  readonly media: readonly MediaSection[];
  /** `a=` lines before the first section, without `a=`. */
  readonly attributes: readonly string[];
}

const MOST_LINES = 1_000;
const MOST_SECTIONS = 16;
const DIRECTIONS = ["sendrecv", "sendonly", "recvonly", "inactive"] as const;

/** Decodes an SDP (RFC 8866), as far as calls need it. `undefined` if it isn't one. */
export function parseSdp(text: string): SessionDescription | undefined {
  const lines = text.split(/\r?\n/).filter((line) => line !== "");
  if (lines[0] !== "v=0" || lines.length > MOST_LINES) return undefined;
  const sections: string[][] = [[]];
  for (const line of lines) {
    if (!/^[a-z]=/.test(line)) return undefined;
    if (line.startsWith("m=")) sections.push([]);
    sections.at(-1)?.push(line);
  }
  const [session = [], ...rest] = sections;
  if (rest.length > MOST_SECTIONS) return undefined;
  const media: MediaSection[] = [];
  for (const lines of rest) {
    const section = parseSection(lines, session);
    if (section === undefined) return undefined;
    media.push(section);
  }
  return { media, attributes: attributesOf(session) };
}

function parseSection(lines: readonly string[], session: readonly string[]): MediaSection | undefined {
  const [kind = "", port = "", protocol = "", ...formats] = lines[0]?.slice(2).split(" ") ?? [];
  const number = Number(/^(\d{1,5})(?:\/\d{1,3})?$/.exec(port)?.[1] ?? "-1");
  if (kind === "" || protocol === "" || number < 0 || number > 65_535) return undefined;
  const attributes = attributesOf(lines);
  const direction = DIRECTIONS.find((each) => attributes.includes(each));
  const ofSession = DIRECTIONS.find((each) => attributesOf(session).includes(each));
  return {
    kind,
    port: number,
    protocol,
    formats,
    ip: addressIn(lines) ?? addressIn(session) ?? "",
    direction: direction ?? ofSession ?? "sendrecv",
    attributes,
  };
}

function attributesOf(lines: readonly string[]): string[] {
  return lines.filter((line) => line.startsWith("a=")).map((line) => line.slice(2));
}

/** The address of a `c=` line. Names aren't looked up: nobody outside is asked. */
function addressIn(lines: readonly string[]): string | undefined {
  const line = lines.find((each) => each.startsWith("c="));
  const address = /^c=IN IP[46] ([^\s/]{1,45})/.exec(line ?? "")?.[1] ?? "";
  return isIP(address) === 0 ? undefined : address;
}
