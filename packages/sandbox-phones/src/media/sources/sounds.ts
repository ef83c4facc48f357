import { Pattern } from "./pattern.js";

const RATE = 8_000;

/** Sine waves, each fading in and out within 5 ms: without that they click. Frequencies in hertz. */
function tone(frequencies: readonly number[], milliseconds: number, volume = 8_000): number[] {
  const length = Math.round((milliseconds * RATE) / 1_000);
  const edge = 40;
  return Array.from({ length }, (_, index) => {
    const fade = Math.min(1, (index + 1) / edge, (length - index) / edge);
    const sum = frequencies.reduce(
      (total, frequency) => total + Math.sin((2 * Math.PI * frequency * index) / RATE),
      0,
    );
    return Math.round((sum / frequencies.length) * volume * fade);
  });
}

const silence = (milliseconds: number): number[] => new Array<number>((milliseconds * RATE) / 1_000).fill(0);

const pattern = (...parts: readonly number[][]): Pattern => new Pattern(Int16Array.from(parts.flat()));

/** What a caller hears while the callee's phone rings, as in Germany: 425 Hz, 1 s on, 4 s off. */
export const RINGBACK = pattern(tone([425], 1_000), silence(4_000));

/** What a party hears while it's on hold: two quiet notes now and then. */
export const HOLD = pattern(tone([523], 250, 3_000), tone([659], 250, 3_000), silence(2_500));

/** In place of an announcement that can't be played. */
export const CHIME = pattern(tone([659], 300), tone([523], 500), silence(200));

/** Says that a recording begins. */
export const BEEP = pattern(tone([1_400], 250));

/** What a simulated callee says: a rising and falling melody, as a sentence has it. Every note can be told apart. */
export const VOICE = pattern(
  tone([440], 220),
  tone([494], 180),
  tone([554], 260),
  silence(80),
  tone([587], 200),
  tone([494], 200),
  tone([440], 400),
  silence(1_200),
);
