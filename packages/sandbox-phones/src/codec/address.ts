import { parametersOf, splitOutside } from "./split.js";

/** What From, To and Contact hold. */
export interface NameAddress {
  /** As it was sent. */
  readonly uri: string;
  readonly parameters: ReadonlyMap<string, string>;
}

const NONE: ReadonlyMap<string, string> = new Map();

/**
 * Whom an address names, such as `e0` in `sip:e0@127.0.0.1:5060;transport=tcp`: decoded; empty if it names nobody.
 *
 * @returns `undefined` if it's no address of SIP or a telephone
 */
export function userOf(uri: string): string | undefined {
  const colon = uri.indexOf(":");
  const scheme = uri.slice(0, Math.max(colon, 0)).toLowerCase();
  const address = uri.slice(colon + 1, endOfAddress(uri, colon));
  if (/[\s<>"]/.test(address)) return undefined;
  if (scheme === "tel") return address === "" ? undefined : address;
  if (scheme !== "sip" && scheme !== "sips") return undefined;
  const at = address.lastIndexOf("@");
  if (!isHost(address.slice(at + 1))) return undefined;
  const password = address.indexOf(":");
  return decoded(address.slice(0, password >= 0 && password < at ? password : Math.max(at, 0)));
}

/** Where parameters and headers begin. */
function endOfAddress(uri: string, from: number): number {
  const parameters = uri.indexOf(";", from);
  const headers = uri.indexOf("?", from);
  if (parameters === -1) return headers === -1 ? uri.length : headers;
  return headers === -1 ? parameters : Math.min(parameters, headers);
}

/** Whether it is `host`, `host:port` or `[::1]:port`. */
export function isHost(text: string): boolean {
  const end = text.startsWith("[") ? text.indexOf("]") + 1 : text.indexOf(":");
  const cut = end <= 0 ? text.length : end;
  if (!/^[\w.[\]:-]{1,255}$/.test(text.slice(0, cut))) return false;
  if (cut === text.length) return true;
  const port = text.slice(cut);
  return /^:\d{1,5}$/.test(port) && Number(port.slice(1)) >= 1 && Number(port.slice(1)) <= 65_535;
}

/** The value of a From, a To or one Contact. `undefined` if it isn't one. */
export function parseNameAddress(text: string): NameAddress | undefined {
  const open = text.includes('"') ? openingBracket(text) : text.indexOf("<");
  if (open === -1) {
    // Without angle brackets the parameters belong to the header.
    const [uri = "", ...parameters] = splitOutside(text, ";");
    return userOf(uri) === undefined ? undefined : { uri, parameters: parametersOf(parameters) };
  }
  const close = text.indexOf(">", open);
  if (close === -1) return undefined;
  const uri = text.slice(open + 1, close).trim();
  if (userOf(uri) === undefined) return undefined;
  const rest = close + 1 === text.length ? NONE : parametersOf(splitOutside(text.slice(close + 1), ";"));
  return { uri, parameters: rest };
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
