/** Where the receiver of a `newCall` wants to be told more; undefined: it doesn't. */
export interface CallbackUrls {
  readonly answer: string | undefined;
  readonly hangup: string | undefined;
}

export const NO_CALLBACKS: CallbackUrls = { answer: undefined, hangup: undefined };

/** The start of the root element. Each part ends where the next begins, so it takes linear time on any input. */
const RESPONSE = /^<Response((?:\s+[\w:.-]+\s*=\s*(?:"[^"<]*"|'[^'<]*'))*)\s*\/?>/;
// One directly after the other.
const ATTRIBUTE = /\s+([\w:.-]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/gy;

/** Reads the attributes `onAnswer` and `onHangup` of an answer's root `<Response>`; what it holds is ignored. */
export function callbackUrlsFrom(xml: string): CallbackUrls {
  const attributes = new Map<string, string>();
  for (const [, name = "", double, single] of (RESPONSE.exec(rootOf(xml))?.[1] ?? "").matchAll(ATTRIBUTE)) {
    attributes.set(name, unescaped(double ?? single ?? "").trim());
  }
  return { answer: attributes.get("onAnswer") || undefined, hangup: attributes.get("onHangup") || undefined };
}

/** What follows the XML declaration and comments. */
function rootOf(xml: string): string {
  let rest = xml.replace(/^\uFEFF/, "").trimStart();
  for (;;) {
    const end = endOfPrologPart(rest);
    if (end === undefined) return rest;
    const index = rest.indexOf(end);
    if (index === -1) return "";
    rest = rest.slice(index + end.length).trimStart();
  }
}

function endOfPrologPart(xml: string): string | undefined {
  if (xml.startsWith("<?")) return "?>";
  return xml.startsWith("<!--") ? "-->" : undefined;
}

const ENTITIES = new Map([
  ["&amp;", "&"],
  ["&lt;", "<"],
  ["&gt;", ">"],
  ["&quot;", '"'],
  ["&apos;", "'"],
]);

function unescaped(value: string): string {
  return value.replace(/&(?:amp|lt|gt|quot|apos|#\d{1,7}|#x[\dA-Fa-f]{1,6});/g, characterFor);
}

/** An entity or a character reference; one that means no character stays as it is. */
function characterFor(reference: string): string {
  const named = ENTITIES.get(reference);
  if (named !== undefined) return named;
  // "&#38;" and "&#x26;": what is left of the latter, 0x26, is a number to JavaScript too.
  const code = Number(reference.slice(2, -1).replace(/^x/, "0x"));
  return code <= 0x10_ff_ff ? String.fromCodePoint(code) : reference;
}
