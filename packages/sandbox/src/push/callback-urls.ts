/** Where the receiver of a `newCall` wants further events to go; `undefined`: nowhere. */
export interface CallbackUrls {
  readonly answer: string | undefined;
  readonly hangup: string | undefined;
}

export const NO_CALLBACKS: CallbackUrls = { answer: undefined, hangup: undefined };

/**
 * The start tag of the root element. No part can match what the next one does, so it takes linear time on any input.
 */
const RESPONSE = /^<Response((?:\s+[\w:.-]+\s*=\s*(?:"[^"<]*"|'[^'<]*'))*)\s*\/?>/;
// Sticky: each attribute directly follows the one before.
const ATTRIBUTE = /\s+([\w:.-]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/gy;

/** Reads the attributes `onAnswer` and `onHangup` of the root element `<Response>`. Its content is ignored. */
export function callbackUrlsFrom(xml: string): CallbackUrls {
  const attributes = new Map<string, string>();
  for (const [, name = "", double, single] of (RESPONSE.exec(rootOf(xml))?.[1] ?? "").matchAll(ATTRIBUTE)) {
    attributes.set(name, unescaped(double ?? single ?? "").trim());
  }
  return { answer: attributes.get("onAnswer") || undefined, hangup: attributes.get("onHangup") || undefined };
}

/** The XML without its declaration and comments at the start. */
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

/** The character that an entity or a character reference stands for. An invalid one stays as it is. */
function characterFor(reference: string): string {
  const named = ENTITIES.get(reference);
  if (named !== undefined) return named;
  // "&#38;" becomes "38", "&#x26;" becomes "0x26": JavaScript reads both as numbers.
  const code = Number(reference.slice(2, -1).replace(/^x/, "0x"));
  return code <= 0x10_ff_ff ? String.fromCodePoint(code) : reference;
}
