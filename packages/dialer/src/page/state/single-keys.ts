import { signal } from "@preact/signals";
import { readSetting, writeSetting } from "./settings.js";

/** Whether single letters do something: some speak to their computer (WCAG 2.1.4). */
export const usesSingleKeys = signal(readSetting("single-keys") !== "off");

export function chooseSingleKeys(uses: boolean): void {
  usesSingleKeys.value = uses;
  writeSetting("single-keys", uses ? "" : "off");
}
