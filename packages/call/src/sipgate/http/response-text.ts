import { printable } from "../../call/text/printable.js";

const READ_AT_MOST = 10_000;
const SHOWN_AT_MOST = 300;

/**
 * The useful part of an error's body, for a human: sipgate's `errors` list, another JSON's message, a page's
 * title, or the text itself. Empty if there is none.
 */
export function responseText(body: string): string {
  const text = body.slice(0, READ_AT_MOST).trim();
  const found = fromJson(text) ?? (text.startsWith("<") ? fromHtml(text) : text);
  return printable(found.replace(/\s+/g, " ").trim(), SHOWN_AT_MOST);
}

function fromJson(text: string): string | undefined {
  if (!/^[[{"]/.test(text)) return undefined;
  try {
    return messageIn(JSON.parse(text)) ?? text;
  } catch {
    return undefined;
  }
}

const MESSAGE_FIELDS = ["detail", "message", "error_description", "title", "error", "reason", "cause"];

function messageIn(value: unknown): string | undefined {
  if (typeof value === "string") return value;
  if (Array.isArray(value)) {
    const messages = value.map(messageIn).filter((message) => message !== undefined);
    return messages.length > 0 ? messages.join("; ") : undefined;
  }
  if (typeof value !== "object" || value === null) return undefined;
  const fields = new Map(Object.entries(value));
  if (fields.has("errors")) return messageIn(fields.get("errors"));
  const message = MESSAGE_FIELDS.map((name) => messageIn(fields.get(name))).find((found) => found);
  const pointer = pointerIn(fields.get("source"));
  return message !== undefined && pointer !== undefined ? `${pointer}: ${message}` : message;
}

/** The field that an error in sipgate's shape is about, e.g. `callee` from `/callee`. */
function pointerIn(source: unknown): string | undefined {
  if (typeof source !== "object" || source === null || !("pointer" in source)) return undefined;
  const { pointer } = source;
  return typeof pointer === "string" && pointer !== "" ? pointer.split("/").at(-1) : undefined;
}

function fromHtml(html: string): string {
  const title = /<title[^<>]*>([^<]*)/i.exec(html)?.[1]?.trim();
  if (title) return title;
  return html.replace(/<(?:script|style)[^<>]*>[^<]*/gi, " ").replace(/<[^<>]*>/g, " ");
}
