// The tone of a call that comes in, made by the browser: two notes, again every four seconds.
import { playOn, type SpeakerUse } from "../audio/speaker.js";

let context: AudioContext | undefined;
let element: HTMLAudioElement | undefined;
let timer: ReturnType<typeof setInterval> | undefined;

const NOTES = [440, 554] as const;
const LENGTH_S = 0.4;
const EVERY_MS = 4_000;

export function startRinging(): void {
  if (timer !== undefined) return;
  ringOnce();
  timer = setInterval(() => ringOnce(), EVERY_MS);
}

export function stopRinging(): void {
  clearInterval(timer);
  timer = undefined;
}

/** Once, such as to hear where it rings. */
export function ringOnce(use: SpeakerUse = "ringer"): void {
  context ??= new AudioContext();
  const destination = new MediaStreamAudioDestinationNode(context);
  element ??= new Audio();
  element.srcObject = destination.stream;
  void playOn(element, use);
  void element.play().catch(() => {});
  NOTES.forEach((frequency, index) => {
    if (context === undefined) return;
    const oscillator = new OscillatorNode(context, { frequency });
    const gain = new GainNode(context, { gain: 0.2 });
    oscillator.connect(gain).connect(destination);
    oscillator.start(context.currentTime + index * LENGTH_S);
    oscillator.stop(context.currentTime + (index + 1) * LENGTH_S);
  });
}
