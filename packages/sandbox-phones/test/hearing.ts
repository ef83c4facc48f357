import { millisecondsOf } from "./tones.js";
import { until } from "./until.js";

/** A phone that writes down what it hears. */
interface Listener {
  /** WAVs, which grow. */
  heardFiles(): readonly string[];
}

/** For how many milliseconds a phone has heard a tone so far. */
export function heard(phone: Listener, frequency: number): number {
  return phone.heardFiles().reduce((sum, file) => sum + millisecondsOf(frequency, file), 0);
}

/** Waits until a phone has heard a tone for so much longer. */
export async function hears(phone: Listener, frequency: number, milliseconds = 100): Promise<void> {
  const before = heard(phone, frequency);
  await until(
    () => heard(phone, frequency) >= before + milliseconds,
    () => `${frequency} Hz; it was ${heard(phone, frequency) - before} ms`,
    20, // A packet's time.
  );
}
