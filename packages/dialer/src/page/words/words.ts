// The language of the page: by the browser, unless the user has chosen another.
import { computed, signal } from "@preact/signals";
import { readSetting, writeSetting } from "../state/settings.js";
import { de } from "./de.js";
import { en, type Words } from "./en.js";

export type { Words };
export type Language = "de" | "en";
export const LANGUAGES: Readonly<Record<Language, Words>> = { de, en };

const isLanguage = (text: string | undefined): text is Language => text === "de" || text === "en";

function firstLanguage(): Language {
  const chosen = new URLSearchParams(location.search).get("lang") ?? readSetting("language");
  if (isLanguage(chosen)) return chosen;
  return navigator.languages[0]?.startsWith("de") ? "de" : "en";
}

export const language = signal<Language>(firstLanguage());
export const words = computed(() => LANGUAGES[language.value]);

export function chooseLanguage(chosen: Language): void {
  language.value = chosen;
  writeSetting("language", chosen);
}
