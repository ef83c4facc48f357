// The microphone that was chosen. One that is unplugged gives way to the system's.
import { signal } from "@preact/signals";
import { readSetting, writeSetting } from "../state/settings.js";

/** Empty: the system's. */
export const microphone = signal(readSetting("microphone") ?? "");

export function chooseMicrophone(id: string): void {
  microphone.value = id;
  writeSetting("microphone", id);
}

/** @throws DOMException (rejects) if the browser gives none */
export function openMicrophone(): Promise<MediaStream> {
  const chosen = microphone.peek();
  return navigator.mediaDevices.getUserMedia({
    audio: chosen === "" ? true : { deviceId: { ideal: chosen } },
    video: false,
  });
}
