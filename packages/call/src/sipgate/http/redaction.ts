// Takes secrets out of what comes back: a proxy may repeat what it was sent, in any form.

const REDACTED = "(redacted)";
/** Shorter parts of an encoded secret would match by chance. */
const FEWEST = 8;

/**
 * Takes secrets and what reveals them out of a text: as they are, in base64 and in hexadecimal; each also
 * with characters escaped as in JSON, URLs and HTML. Made once for many texts, since making it takes longer
 * than one text.
 */
export function redactionOf(secrets: readonly string[]): (text: string) => string {
  // What looks like an escape in a secret itself is treated as one in the text, too.
  const forms = secrets.flatMap(formsOf).map((form) => (isEscaped(form) ? unescaped(form).plain : form));
  return (text) => {
    const { plain, origins } = isEscaped(text) ? unescaped(text) : { plain: text, origins: undefined };
    if (!forms.some((form) => plain.includes(form))) return text;
    const originOf = (index: number) => origins?.[index] ?? index;
    const spans = forms
      .flatMap((form) => spansOf(form, plain))
      .map(([start, end]): Span => [originOf(start), originOf(end)])
      .sort(([a], [b]) => a - b);
    let result = "";
    let done = 0;
    for (const [start, end] of spans) {
      if (start >= done) result += text.slice(done, start) + REDACTED;
      done = Math.max(done, end);
    }
    return result + text.slice(done);
  };
}

function isEscaped(text: string): boolean {
  return /[\\%&]/.test(text);
}

type Span = readonly [start: number, end: number];

function spansOf(form: string, text: string): Span[] {
  const spans: Span[] = [];
  for (let at = text.indexOf(form); at !== -1; at = text.indexOf(form, at + form.length))
    spans.push([at, at + form.length]);
  return spans;
}

function formsOf(secret: string): string[] {
  const hex = Array.from(secret, (character) => character.charCodeAt(0).toString(16).padStart(2, "0")).join(
    "",
  );
  const base64 = [0, 1, 2].map((before) => insideBase64(secret, before));
  const encoded = [hex, hex.toUpperCase(), ...base64, ...base64.map(forUrl)];
  return [secret, ...encoded.filter((form) => form.length >= FEWEST)];
}

/** What stands for a secret in the base64 of any text in which `before` bytes, modulo 3, precede it. */
function insideBase64(secret: string, before: number): string {
  const whole = btoa("\0".repeat(before) + secret);
  // A base64 character that also stands for part of another byte, or is padding, is no sign of the secret.
  const [lost, left] = [[0, 2, 3][before] ?? 0, (before + secret.length) % 3];
  return whole.slice(lost, left === 0 ? undefined : left - 4);
}

function forUrl(base64: string): string {
  return base64.replaceAll("+", "-").replaceAll("/", "_");
}

// Escapes of escapes, up to a realistic depth. Of an invalid escape, only its backslashes.
const ESCAPE =
  /\\{1,8}(?:u00([0-9a-f]{2})|x([0-9a-f]{2}))?|%(?:25){0,4}([0-9a-f]{2})|&#x0{0,6}([0-9a-f]{2});|&#0{0,6}([0-9]{2,3});|&(amp|lt|gt|quot|apos);/gi;

const ENTITIES: ReadonlyMap<string, string> = new Map([
  ["amp", "&"],
  ["lt", "<"],
  ["gt", ">"],
  ["quot", '"'],
  ["apos", "'"],
]);

/** A text with the escapes taken out, and the former position of each of its characters. */
function unescaped(text: string): { plain: string; origins: Uint32Array } {
  const origins = new Uint32Array(text.length + 1);
  let plain = "";
  let done = 0;
  const take = (part: string, from: number) => {
    for (let index = 0; index < part.length; index += 1) origins[plain.length + index] = from + index;
    plain += part;
  };
  for (const { index, 0: whole, 1: u, 2: x, 3: percent, 4: hex, 5: decimal, 6: name = "" } of text.matchAll(
    ESCAPE,
  )) {
    take(text.slice(done, index), done);
    const digits = u ?? x ?? percent ?? hex;
    const code = digits === undefined ? Number(decimal) : Number.parseInt(digits, 16);
    take(Number.isNaN(code) ? (ENTITIES.get(name.toLowerCase()) ?? "") : String.fromCharCode(code), index);
    done = index + whole.length;
  }
  take(text.slice(done), done);
  origins[plain.length] = text.length;
  return { plain, origins };
}
