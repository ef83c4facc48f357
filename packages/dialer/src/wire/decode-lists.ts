// What the page sends about call lists, checked once at the border.
import { flagIn, optionalTextIn, textIn } from "./decode.js";
import type { WireListStatus, WireSaid } from "./list-wire.js";
import { Refusal } from "./refusal.js";

/** @throws Refusal 400 unless it's the id of a contact */
export function contactIn(body: object): string {
  const id = textIn(body, "contact");
  if (!/^\d{1,18}$/.test(id)) throw new Refusal(400, "contact must be the id of one.");
  return id;
}

/** @throws Refusal 400 if it isn't said who works, on which list, and with which phone */
export function beginningIn(body: object) {
  const [list, agent, caller] = [textIn(body, "list"), textIn(body, "agent").trim(), textIn(body, "caller")];
  if (list === "" || agent === "" || caller === "")
    throw new Refusal(400, "list, agent and caller must be given.");
  const callerId = optionalTextIn(body, "callerId");
  return { list, agent, caller, callerId, isBrowserReady: flagIn(body, "isBrowserReady") };
}

/** @throws Refusal 400 if something in it isn't text */
export function saidIn(body: object): WireSaid {
  return {
    disposition: optionalTextIn(body, "disposition"),
    note: optionalTextIn(body, "note"),
    callBackAt: optionalTextIn(body, "callBackAt"),
  };
}

/** @throws Refusal 400 if there is no such state */
export function listStateIn(body: object): WireListStatus["state"] {
  const state = textIn(body, "state");
  if (state !== "running" && state !== "paused" && state !== "stopped")
    throw new Refusal(400, "There is no such state.");
  return state;
}

/** @throws Refusal 400 if it isn't said who was reached or not */
export const reviewIn = (body: object) => ({
  contact: contactIn(body),
  wasReached: flagIn(body, "wasReached"),
});
