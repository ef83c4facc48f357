// The language of the page: by the browser, unless the user has chosen another. Only its words are loaded.
import { batch, computed, signal } from "@preact/signals";
import { readSetting, writeSetting } from "../state/settings.js";
import type { Words } from "./en.js";

export type { Words };
export type Language = "de" | "en";

const LANGUAGES: Readonly<Record<Language, () => Promise<Words>>> = {
  de: () => import("./de.js").then(({ de }) => de),
  en: () => import("./en.js").then(({ en }) => en),
};

const isLanguage = (text: string | undefined): text is Language => text === "de" || text === "en";

function firstLanguage(): Language {
  const chosen = new URLSearchParams(location.search).get("lang") ?? readSetting("language");
  if (isLanguage(chosen)) return chosen;
  return navigator.languages[0]?.startsWith("de") ? "de" : "en";
}

export const language = signal<Language>(firstLanguage());
const loaded = signal<Words | undefined>(undefined);

/** Nothing is shown before they are loaded. */
export const words = computed<Words>(() => {
  if (loaded.value === undefined) throw new Error("The words aren't loaded yet.");
  return loaded.value;
});

export async function loadWords(): Promise<void> {
  loaded.value = await LANGUAGES[language.value]();
}

export async function chooseLanguage(chosen: Language): Promise<void> {
  const words = await LANGUAGES[chosen]();
  batch(() => {
    language.value = chosen;
    loaded.value = words;
  });
  writeSetting("language", chosen);
}
