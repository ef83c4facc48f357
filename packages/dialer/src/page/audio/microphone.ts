// The microphone that was chosen. One that is unplugged gives way to the system's.
import { signal } from "@preact/signals";
import { readSetting, writeSetting } from "../state/settings.js";
import { lookForDevices, microphones } from "./devices.js";

/** Empty: the system's. */
export const microphone = signal(readSetting("microphone") ?? "");
/** Why there was none when it was asked for. */
export const microphoneProblem = signal<"withheld" | "missing" | "in-use" | undefined>(undefined);

export function chooseMicrophone(id: string): void {
  microphone.value = id;
  writeSetting("microphone", id);
}

/** @throws DOMException (rejects) if the browser gives none */
export async function openMicrophone(): Promise<MediaStream> {
  const chosen = microphone.peek();
  const audio = chosen === "" ? true : { deviceId: { ideal: chosen } };
  try {
    const stream = await navigator.mediaDevices.getUserMedia({ audio, video: false });
    // Names are told only now.
    if (microphoneProblem.value !== undefined || microphones.peek().length === 0) lookForDevices();
    microphoneProblem.value = undefined;
    return stream;
  } catch (error) {
    microphoneProblem.value = problemOf(error);
    throw error;
  }
}

function problemOf(error: unknown): "withheld" | "missing" | "in-use" {
  const name = error instanceof DOMException ? error.name : "";
  if (name === "NotFoundError" || name === "OverconstrainedError") return "missing";
  return name === "NotReadableError" ? "in-use" : "withheld";
}
