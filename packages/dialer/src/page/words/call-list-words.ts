// The words of call lists, loaded with the page for them.
import { computed, signal } from "@preact/signals";
import type { CallListWords } from "./call-list-en.js";
import { type Language, language } from "./words.js";

const LANGUAGES: Readonly<Record<Language, () => Promise<CallListWords>>> = {
  de: () => import("./call-list-de.js").then(({ callListDe }) => callListDe),
  en: () => import("./call-list-en.js").then(({ callListEn }) => callListEn),
};

const loaded = signal<CallListWords | undefined>(undefined);

/** Nothing is shown before they are loaded. */
export const callListWords = computed<CallListWords>(() => {
  if (loaded.value === undefined) throw new Error("The words aren't loaded yet.");
  return loaded.value;
});

/** In the language of the page. It's chosen elsewhere, so the page for call lists is opened again then. */
export async function loadCallListWords(): Promise<void> {
  loaded.value = await LANGUAGES[language.value]();
}
