import { signal } from "@preact/signals";
import { readSetting, writeSetting } from "./settings.js";

type Theme = "auto" | "light" | "dark";
export const THEMES: readonly Theme[] = ["auto", "light", "dark"];

const themeOf = (text: string | null | undefined): Theme => THEMES.find((theme) => theme === text) ?? "auto";

export const theme = signal(
  themeOf(new URLSearchParams(location.search).get("theme") ?? readSetting("theme")),
);

export function chooseTheme(chosen: string): void {
  theme.value = themeOf(chosen);
  writeSetting("theme", theme.value);
}
