/**
 * A sipgate extension that can place a call, e.g. `e0`. {@link checkCallRequest} makes one of text. Source of the
 * letters: sipgate's official library.
 */
export type Extension = string & { readonly __extension: unique symbol };

/**
 * The kinds of extension that can place a call. Source: sipgate's official library (`sipgateio`) allows e, p,
 * x and y as a device. It's reported that neo's desktop app can be one too; that its letter is `a`, as the
 * library names it, is our reading. On classic, sipgate would refuse it.
 */
export const EXTENSION_KINDS = {
  a: "app",
  e: "VoIP phone",
  p: "phone line",
  x: "external phone",
  y: "mobile phone",
} as const;

// Letters of extensions that exist but can't place a call. Source: the official library's list of extension types.
const OTHER_KINDS: Readonly<Record<string, string>> = {
  c: "a conference room",
  f: "a fax line",
  g: "a group",
  h: "an IVR",
  i: "a SIM card",
  q: "a queue",
  s: "an SMS extension",
  t: "a trunk",
  v: "a voicemail",
  w: "a user",
};

export type ExtensionResult =
  | { ok: true; extension: Extension }
  | { ok: false; code: "not-a-phone" | "invalid-extension"; message: string; remedy: string };

/** Whether a text is meant to be an extension: one letter and digits. A phone number never is. */
export function looksLikeExtension(text: string): boolean {
  return /^[a-z]\d*$/i.test(text);
}

/** Whether it's a phone line, which rings the devices assigned to it and isn't a device itself. */
export function isPhoneLine(extension: Extension): boolean {
  return extension.startsWith("p");
}

/** Whether an extension is that of a mobile phone. */
export function isMobilePhone(extension: string): boolean {
  return extension.startsWith("y");
}

/** Reads an extension: one of the letters a, e, p, x, y in any case, and a number without leading zeros. */
export function readExtension(text: string): ExtensionResult {
  if (/^[aepxy](?:0|[1-9]\d{0,8})$/i.test(text))
    return { ok: true, extension: text.toLowerCase() as Extension };
  const remedy = "Use the extension of a phone of yours, such as e0; client.devices() lists them.";
  const other = OTHER_KINDS[text.charAt(0).toLowerCase()];
  if (other !== undefined && looksLikeExtension(text)) {
    return {
      ok: false,
      code: "not-a-phone",
      message: `${text.toLowerCase()} is ${other}, not a phone.`,
      remedy,
    };
  }
  return { ok: false, code: "invalid-extension", message: `It isn't an extension such as e0.`, remedy };
}
