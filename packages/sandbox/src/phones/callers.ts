/** What a phone does when it's called first, as the caller. */
export type CallerBehaviour =
  | "answers"
  | "offline"
  | "do-not-disturb"
  | "no-answer"
  | "declines"
  | "busy"
  | "refused";

/** How long a caller's phone rings before it's answered or declined. Milliseconds. */
export const CALLER_REACTS_AFTER = 2_000;

/** Phone numbers that behave in their own way as the caller; every other one answers. */
const NUMBERS: Readonly<Record<string, CallerBehaviour>> = {
  "+496990009001": "offline",
  "+496990009003": "no-answer",
  "+496990009004": "declines",
  "+496990009005": "busy",
};

export function behaviourOfNumber(number: string): CallerBehaviour {
  return NUMBERS[number] ?? "answers";
}
