// Where a call is heard, and where it rings. What is unplugged gives way to the system's loudspeaker.
import { signal } from "@preact/signals";
import { readSetting, writeSetting } from "../state/settings.js";

export type SpeakerUse = "speaker" | "ringer";

/** Empty: the system's. */
export const speakers = {
  speaker: signal(readSetting("speaker") ?? ""),
  ringer: signal(readSetting("ringer") ?? ""),
} as const;

export function chooseSpeaker(use: SpeakerUse, id: string): void {
  speakers[use].value = id;
  writeSetting(use, id);
}

export async function playOn(element: HTMLAudioElement, use: SpeakerUse): Promise<void> {
  // Browsers that can't choose a loudspeaker lack it.
  if (!("setSinkId" in element)) return;
  await element.setSinkId(speakers[use].peek()).catch(() => element.setSinkId("").catch(() => {}));
}
