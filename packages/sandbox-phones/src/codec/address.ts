import { parametersOf, splitOutside, unquoted } from "./split.js";

/** A SIP address, such as `sip:e0@127.0.0.1:5060;transport=tcp`. */
export interface SipUri {
  readonly scheme: "sip" | "sips" | "tel";
  /** Decoded; empty if there is none. */
  readonly user: string;
  /** Empty for `tel`. */
  readonly host: string;
  readonly port: number | undefined;
  readonly parameters: ReadonlyMap<string, string>;
}

/** What From, To and Contact hold. */
export interface NameAddress {
  readonly displayName: string;
  /** As it was sent. */
  readonly uri: string;
  readonly parameters: ReadonlyMap<string, string>;
}

/** `undefined` if it isn't one. */
export function parseUri(text: string): SipUri | undefined {
  const colon = text.indexOf(":");
  const scheme = text.slice(0, Math.max(colon, 0)).toLowerCase();
  if (scheme !== "sip" && scheme !== "sips" && scheme !== "tel") return undefined;
  const [address = "", ...parameters] =
    text
      .slice(colon + 1)
      .split("?")[0]
      ?.split(";") ?? [];
  if (/[\s<>"]/.test(address)) return undefined;
  const rest = { scheme, parameters: parametersOf(parameters) } as const;
  if (scheme === "tel")
    return address === "" ? undefined : { ...rest, user: address, host: "", port: undefined };
  const at = address.lastIndexOf("@");
  const hostPort = splitPort(address.slice(at + 1));
  const user = decoded(address.slice(0, Math.max(at, 0)).split(":")[0] ?? "");
  return hostPort === undefined || user === undefined ? undefined : { ...rest, user, ...hostPort };
}

/** `host`, `host:port` and `[::1]:port`. `undefined` if it isn't one. */
export function splitPort(text: string): { host: string; port: number | undefined } | undefined {
  const end = text.startsWith("[") ? text.indexOf("]") + 1 : text.indexOf(":");
  const cut = end <= 0 ? text.length : end;
  const host = text.slice(0, cut);
  const rest = text.slice(cut);
  if (!/^[\w.[\]:-]{1,255}$/.test(host)) return undefined;
  if (rest === "") return { host, port: undefined };
  const port = /^:\d{1,5}$/.test(rest) ? Number(rest.slice(1)) : 0;
  return port >= 1 && port <= 65_535 ? { host, port } : undefined;
}

/** The value of a From, a To or one Contact. `undefined` if it isn't one. */
export function parseNameAddress(text: string): NameAddress | undefined {
  const open = openingBracket(text);
  if (open === -1) {
    // Without angle brackets the parameters belong to the header.
    const [uri = "", ...parameters] = splitOutside(text, ";");
    return parseUri(uri) === undefined
      ? undefined
      : { displayName: "", uri, parameters: parametersOf(parameters) };
  }
  const close = text.indexOf(">", open);
  if (close === -1) return undefined;
  const uri = text.slice(open + 1, close).trim();
  if (parseUri(uri) === undefined) return undefined;
  const displayName = unquoted(text.slice(0, open).trim());
  return { displayName, uri, parameters: parametersOf(splitOutside(text.slice(close + 1), ";")) };
}

/** The first angle bracket that isn't in quotes; -1 if there is none. */
function openingBracket(text: string): number {
  let isQuoted = false;
  for (let index = 0; index < text.length; index += 1) {
    const character = text[index];
    if (isQuoted && character === "\\") index += 1;
    else if (character === '"') isQuoted = !isQuoted;
    else if (character === "<" && !isQuoted) return index;
  }
  return -1;
}

function decoded(text: string): string | undefined {
  if (!text.includes("%")) return text;
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}
