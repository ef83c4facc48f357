// Looks for secrets in whatever a program shows, however they're written. Shares nothing with the client's own redaction.

export type Encoding = (text: string) => string;
const each = (text: string, write: (character: string) => string) => Array.from(text, write).join("");
const hexOf = (character: string) => character.charCodeAt(0).toString(16).padStart(2, "0");

/** Ways in which a proxy may repeat what it was sent. */
export const ENCODINGS: Readonly<Record<string, Encoding>> = {
  plain: (text) => text,
  base64: (text) => Buffer.from(text).toString("base64"),
  "base64 after one byte": (text) => Buffer.from(`.${text}`).toString("base64"),
  "base64 after two bytes": (text) => Buffer.from(`..${text}`).toString("base64"),
  base64url: (text) => Buffer.from(text).toString("base64url"),
  hex: (text) => Buffer.from(text).toString("hex"),
  "hex in capitals": (text) => Buffer.from(text).toString("hex").toUpperCase(),
  JSON: (text) => JSON.stringify(text).slice(1, -1),
  "JSON as PHP writes it": (text) => JSON.stringify(text).slice(1, -1).replaceAll("/", "\\/"),
  "JSON, all escaped": (text) => each(text, (character) => `\\u00${hexOf(character)}`),
  "JSON in JSON, all escaped": (text) =>
    each(text, (character) => `\\\\u00${hexOf(character).toUpperCase()}`),
  URL: encodeURIComponent,
  "URL in URL": (text) => encodeURIComponent(encodeURIComponent(text)),
  "URL, all escaped": (text) => each(text, (character) => `%${hexOf(character)}`),
  "HTML, decimal": (text) => each(text, (character) => `&#${character.charCodeAt(0)};`),
  "HTML, hexadecimal": (text) => each(text, (character) => `&#x${hexOf(character)};`),
  HTML: (text) =>
    text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;"),
};

const character = (code: string, base: number) => String.fromCharCode(Number.parseInt(code, base));

/** What a text may mean to somebody who decodes it. */
const DECODINGS: readonly Encoding[] = [
  // Bytes as Node prints them, or as JSON has them.
  (text) =>
    text.replace(/\d+(?:,\d+)+/g, (bytes) => Buffer.from(bytes.split(",").map(Number)).toString("latin1")),
  (text) =>
    text.replace(/\\+u00([0-9a-f]{2})/gi, (_, code: string) => character(code, 16)).replace(/\\+/g, ""),
  (text) => text.replace(/%([0-9a-f]{2})/gi, (_, code: string) => character(code, 16)),
  (text) =>
    text
      .replace(/&#(\d+);/g, (_, code: string) => character(code, 10))
      .replace(/&#x([0-9a-f]+);/gi, (_, code: string) => character(code, 16))
      .replaceAll("&lt;", "<")
      .replaceAll("&gt;", ">")
      .replaceAll("&quot;", '"')
      .replaceAll("&amp;", "&"),
  (text) =>
    [...text.matchAll(/[\w+/-]{8,}/g)]
      .flatMap(([word]) =>
        [0, 1, 2, 3].map((skipped) => Buffer.from(word.slice(skipped), "base64").toString("latin1")),
      )
      .join("\n"),
  (text) =>
    [...text.matchAll(/[0-9a-f]{8,}/gi)]
      .flatMap(([word]) =>
        [0, 1].map((skipped) => Buffer.from(word.slice(skipped), "hex").toString("latin1")),
      )
      .join("\n"),
];

/** Lines that were found to hold none of the secrets: errors of one kind repeat each other's lines by the thousand. */
const harmless = new Map<string, Set<string>>();

/** Secrets that a text holds, or what it's decoded to, twice. No secret, however it's written, goes over a line's end. */
export function leaksIn(text: string, secrets: Readonly<Record<string, string>>): string[] {
  const key = JSON.stringify(secrets);
  const known = harmless.get(key) ?? new Set();
  harmless.set(key, known);
  const lines = [...new Set(text.split("\n"))].filter((line) => !known.has(line));
  const found = secretsIn(lines.join("\n"), secrets);
  if (found.length === 0) for (const line of lines) known.add(line);
  return found;
}

function secretsIn(text: string, secrets: Readonly<Record<string, string>>): string[] {
  const meanings = new Set([text]);
  let latest = [text];
  for (let times = 0; times < 2; times += 1) {
    const decoded = latest.flatMap((meaning) => DECODINGS.map((decode) => decode(meaning)));
    // Most texts hold few of the escapes, and what hasn't changed needn't be decoded again.
    latest = [...new Set(decoded)].filter((meaning) => !meanings.has(meaning));
    for (const meaning of latest) meanings.add(meaning);
  }
  return Object.entries(secrets)
    .filter(([, secret]) => [...meanings].some((meaning) => meaning.includes(secret)))
    .map(([name]) => name);
}
