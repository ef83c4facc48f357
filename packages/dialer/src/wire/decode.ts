// What the page sends, checked once at the border.
import { Refusal } from "./refusal.js";
import type { WireControl, WireOrder } from "./wire.js";

const LONGEST_TEXT = 1_000;

/** @throws Refusal 400 unless it's text of a sensible length */
export function textIn(body: object, name: string): string {
  const value: unknown = Reflect.get(body, name);
  if (typeof value !== "string" || value.length > LONGEST_TEXT)
    throw new Refusal(400, `${name} must be text.`);
  return value;
}

export function optionalTextIn(body: object, name: string): string | undefined {
  return Reflect.get(body, name) === undefined ? undefined : textIn(body, name);
}

export function flagIn(body: object, name: string): boolean {
  const value: unknown = Reflect.get(body, name);
  if (typeof value !== "boolean") throw new Refusal(400, `${name} must be true or false.`);
  return value;
}

/** @throws Refusal 400 if it isn't one that a page makes */
export function orderIdIn(body: object): string {
  const id = textIn(body, "id");
  if (!/^[\w-]{8,64}$/.test(id)) throw new Refusal(400, "id must be 8 to 64 letters, digits, - and _.");
  return id;
}

/** @throws Refusal 400 if it isn't an order */
export function orderIn(body: object): WireOrder {
  const id = orderIdIn(body);
  const callerId = optionalTextIn(body, "callerId");
  return { id, caller: textIn(body, "caller"), callee: textIn(body, "callee"), callerId };
}

/** @throws Refusal 400 if it isn't a call that was placed before */
export function followedIn(body: object): { readonly order: WireOrder; readonly callId: string } {
  return { order: orderIn(body), callId: textIn(body, "callId") };
}

/** @throws Refusal 400 if there is no such control */
export function controlIn(body: object): WireControl {
  const action = textIn(body, "action");
  switch (action) {
    case "hang-up":
      return { action };
    case "mute":
    case "hold":
    case "record":
      return { action, on: flagIn(body, "on") };
    case "tones":
      return { action, tones: textIn(body, "tones") };
    case "transfer":
      return { action, to: textIn(body, "to"), attended: flagIn(body, "attended") };
    default:
      throw new Refusal(400, "There is no such action.");
  }
}
