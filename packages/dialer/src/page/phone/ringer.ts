// The tone of a call that comes in, made by the browser: two notes a second, four seconds apart.
let context: AudioContext | undefined;
let timer: ReturnType<typeof setInterval> | undefined;

const NOTES = [440, 554] as const;
const LENGTH_S = 0.4;
const EVERY_MS = 4_000;

export function startRinging(): void {
  if (timer !== undefined) return;
  context ??= new AudioContext();
  ringOnce(context);
  timer = setInterval(() => context && ringOnce(context), EVERY_MS);
}

export function stopRinging(): void {
  clearInterval(timer);
  timer = undefined;
}

function ringOnce(audio: AudioContext): void {
  NOTES.forEach((frequency, index) => {
    const oscillator = new OscillatorNode(audio, { frequency });
    const gain = new GainNode(audio, { gain: 0.2 });
    oscillator.connect(gain).connect(audio.destination);
    oscillator.start(audio.currentTime + index * LENGTH_S);
    oscillator.stop(audio.currentTime + (index + 1) * LENGTH_S);
  });
}
