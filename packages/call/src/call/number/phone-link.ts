import { printable } from "../text/printable.js";
import { type Doubt, HOW_TO_WRITE } from "./phone-number-result.js";
import { takeApart } from "./written-number.js";

/** Parameters that say more than a number does. Source: RFC 3966; `postd`: its predecessor, RFC 2806. */
const NOT_DIALLED = /^(?:ext|isub|phone-context|postd)=/i;
/** Without a value, one with digits is rather an extension: `;x12`. */
const PARAMETER = /^(?:[a-z][a-z\d-]*=|[a-z-]+$)/i;

/** The number in a `tel:` link (RFC 3966) or a `callto:` link; any other text as it is. */
export function withoutLink(text: string): string | Doubt {
  const scheme = /^(tel|callto|sips?):/i.exec(text)?.[1]?.toLowerCase();
  if (scheme?.startsWith("sip")) {
    const message = `"${printable(text)}" is a SIP address. sipgate's API calls phone numbers only.`;
    const remedy = "Give the phone number alone, such as +49 30 23125 000.";
    return { code: "sip-address", message, remedy, candidates: [] };
  }
  const decoded = scheme === undefined ? text : decode(withoutSlashes(text.slice(scheme.length + 1)));
  if (decoded === undefined) {
    const message = `"${printable(text)}" isn't a link to a phone number.`;
    return { code: "not-a-number", message, remedy: HOW_TO_WRITE, candidates: [] };
  }
  const [number = "", ...parameters] = decoded.split(";").map((part) => part.trim());
  if (parameters.some((parameter) => NOT_DIALLED.test(parameter))) return extensionPart(text, number);
  // Semicolons separate numbers, too.
  return scheme !== undefined && parameters.every((parameter) => PARAMETER.test(parameter))
    ? number
    : decoded;
}

/** Some programs write links as addresses of pages: tel://+49…/ */
function withoutSlashes(link: string): string {
  return link.startsWith("//") ? link.slice(2).replace(/\/$/, "") : link;
}

function decode(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}

function extensionPart(text: string, number: string): Doubt {
  return {
    code: "extension-part",
    message: `"${printable(text)}" has a part that can't be dialled (extension or context).`,
    remedy:
      "Give the number without it, with its country code, and send the extension as DTMF once connected.",
    candidates: [takeApart(number)?.digits ?? ""],
  };
}
