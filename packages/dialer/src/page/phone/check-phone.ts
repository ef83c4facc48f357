// The check before the first call: each step of the sound's way, and its result.
import { signal } from "@preact/signals";
import { lookForDevices } from "../audio/devices.js";
import { Level } from "../audio/level.js";
import { loopsBack } from "../audio/loopback.js";
import { microphoneProblem, openMicrophone } from "../audio/microphone.js";
import { answered, noteCheck, phoneStatus } from "./browser-phone.js";
import { measured } from "./heard.js";
import { ringOnce } from "./ringer.js";

export const STEPS = ["permission", "microphone", "socket", "media", "loudspeaker"] as const;
export type Step = (typeof STEPS)[number];
export type StepResult =
  | "running"
  | "ok"
  | "withheld"
  | "missing"
  | "in-use"
  | "silent"
  | "failed"
  /** Only the user knows whether it was heard. */
  | "asked"
  | "not-checked";

export const checkResults = signal<ReadonlyMap<Step, StepResult>>(new Map());
/** The microphone while it's being checked. */
export const checkedStream = signal<MediaStream | undefined>(undefined);

/** Somebody says something meanwhile. */
const LISTEN_MS = 5_000;
/** A third of a second at 48 kHz. */
const SAMPLES = 16_384;
/** Effective amplitude of speech at a distance. */
const HEARD = 0.01;

const tell = (step: Step, result: StepResult): void => {
  checkResults.value = new Map(checkResults.peek()).set(step, result);
};

export async function checkPhone(): Promise<void> {
  checkResults.value = new Map();
  tell("permission", "running");
  const stream = await openMicrophone().catch(() => undefined);
  if (stream === undefined) {
    tell("permission", microphoneProblem.peek() ?? "withheld");
    for (const step of ["microphone", "media"] as const) tell(step, "not-checked");
  } else {
    lookForDevices();
    tell("permission", "ok");
    checkedStream.value = stream;
    tell("microphone", "running");
    tell("media", "running");
    await Promise.all([checkMicrophoneIsHeard(stream), checkMedia(stream)]);
    checkedStream.value = undefined;
    for (const track of stream.getTracks()) track.stop();
  }
  tell(
    "socket",
    phoneStatus.peek() === "ready" ? "ok" : phoneStatus.peek() === "off" ? "not-checked" : "failed",
  );
  playSound();
  noteCheck();
}

export function playSound(): void {
  ringOnce("speaker");
  tell("loudspeaker", "asked");
}

export const soundWasHeard = (isHeard: boolean): void => tell("loudspeaker", isHeard ? "ok" : "failed");

async function checkMicrophoneIsHeard(stream: MediaStream): Promise<void> {
  const level = new Level(stream, SAMPLES);
  const end = performance.now() + LISTEN_MS;
  let isHeard = false;
  while (!isHeard && performance.now() < end) {
    await new Promise((resolve) => setTimeout(resolve, 100));
    isHeard = level.now > HEARD;
  }
  level.close();
  tell("microphone", isHeard ? "ok" : "silent");
}

/** In a call its own packets tell, else those of a connection within this browser. */
async function checkMedia(stream: MediaStream): Promise<void> {
  if (answered.peek() !== undefined) {
    tell("media", (measured.peek()?.silentForMs ?? 0) < 1_000 ? "ok" : "failed");
    return;
  }
  tell("media", (await loopsBack(stream).catch(() => false)) ? "ok" : "failed");
}
