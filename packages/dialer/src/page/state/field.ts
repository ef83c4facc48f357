// The number field: what is typed, what it means, and who might be meant.
import { computed, effect, signal } from "@preact/signals";
import type { WireNumberResult } from "../../wire/wire.js";
import { findContacts } from "./account.js";
import { post } from "./server.js";

export const text = signal("");
const reading = signal<{ of: string; result: WireNumberResult } | undefined>(undefined);
export const highlighted = signal(0);
/** Whether the list of contacts was closed by Escape or a choice. */
const closedFor = signal("");

/** What the text means; undefined as long as it's being read. */
export const result = computed(() =>
  reading.value?.of === text.value.trim() ? reading.value.result : undefined,
);

const MOST = 8;
const hasLetters = (typed: string) => /\p{L}/u.test(typed);

export const suggestions = computed(() =>
  hasLetters(text.value) && closedFor.value !== text.value && result.value?.ok !== true
    ? findContacts(text.value).slice(0, MOST)
    : [],
);

export function setText(typed: string): void {
  text.value = typed.replace(/[\r\n\t]+/g, " ");
  highlighted.value = 0;
}

/** Takes a number as it is: a contact's, a past call's, or one of two that a text may mean. */
export function takeNumber(number: string): void {
  setText(number);
}

export const closeSuggestions = (): void => {
  closedFor.value = text.value;
};

effect(() => {
  const typed = text.value.trim();
  if (typed === "") return;
  post<WireNumberResult>("/api/number", { text: typed }).then(
    (result) => {
      if (text.value.trim() !== typed) return;
      reading.value = { of: typed, result };
    },
    () => {},
  );
});
