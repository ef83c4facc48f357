// What the agent is about to say of the call that is over.
import { computed, signal } from "@preact/signals";
import type { WireSaid } from "../../wire/wire.js";
import { desk } from "../state/desk.js";
import { readSetting } from "../state/settings.js";

export const disposition = signal("");
export const note = signal("");
/** As the field has it: the agent's own time, such as `2026-12-01T14:30`. */
export const callBackAt = signal("");

/** @param orderId of the call. What was noted during it is there already */
export function beginDraft(orderId: string): void {
  disposition.value = "";
  note.value = readSetting(`note:${orderId}`) ?? "";
  callBackAt.value = "";
}

export const asksForTime = computed(
  () => desk.value?.at?.dispositions.find(({ name }) => name === disposition.value)?.effect === "call-back",
);
export const isTimeMissing = computed(() => asksForTime.value && callBackAt.value === "");

/** Undefined if there is nothing to say. */
export const draft = computed<WireSaid | undefined>(() => {
  const said: WireSaid = {
    ...(disposition.value !== "" && { disposition: disposition.value }),
    ...(note.value.trim() !== "" && { note: note.value.trim() }),
    ...(asksForTime.value &&
      !isTimeMissing.value && { callBackAt: new Date(callBackAt.value).toISOString() }),
  };
  return Object.keys(said).length === 0 ? undefined : said;
});
