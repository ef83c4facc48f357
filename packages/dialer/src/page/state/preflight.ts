// What would stop the call, known before the click.
import { computed, effect, signal } from "@preact/signals";
import type { WirePreflight } from "../../wire/wire.js";
import { callerId, device } from "./account.js";
import { result } from "./field.js";
import { post } from "./server.js";

const found = signal<{ of: string; preflight: WirePreflight } | undefined>(undefined);
/** Counts up when the user asks to check again. */
const round = signal(0);

const question = computed(() => {
  const reading = result.value;
  const caller = device.value?.id;
  if (reading?.ok !== true || caller === undefined) return undefined;
  const request = { caller, callee: reading.number, ...(callerId.value && { callerId: callerId.value }) };
  return { key: JSON.stringify([request, round.value]), request };
});

export const preflight = computed(() =>
  found.value !== undefined && found.value.of === question.value?.key ? found.value.preflight : undefined,
);
export const isChecking = computed(() => question.value !== undefined && preflight.value === undefined);

export const checkAgain = (): void => {
  round.value += 1;
};

effect(() => {
  const asked = question.value;
  if (asked === undefined) return;
  post<WirePreflight>("/api/preflight", asked.request).then(
    (preflight) => {
      found.value = { of: asked.key, preflight };
    },
    () => {},
  );
});
