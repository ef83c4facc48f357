/** A number in international form, E.164: a plus and at most 15 digits. Made only by {@link readPhoneNumber}. */
export type E164 = string & { readonly __e164: unique symbol };

/**
 * Why a text isn't dialled, as one stable word. Source of what is barred, and of emergency numbers: sipgate's help page
 * and FAQ.
 */
export type PhoneNumberProblem =
  | "not-text"
  | "empty"
  | "control-character"
  | "non-ascii-digit"
  | "not-a-number"
  | "sip-address"
  | "spreadsheet"
  | "extension-part"
  | "several-numbers"
  | "ambiguous"
  | "emergency"
  | "barred"
  | "short-number"
  | "no-area-code"
  | "unknown-country"
  | "too-short"
  | "too-long"
  | "impossible";

/** A number that a text may mean. */
export interface PhoneNumberReading {
  /** The number, as it would be dialled. */
  readonly number: E164;
  /** As people write it, e.g. `+49 30 23125000`. */
  readonly formatted: string;
  /** Two letters (ISO 3166-1); undefined for numbers that belong to no single country. */
  readonly country: string | undefined;
}

/** What a text means: the number to dial, or why it isn't dialled. */
export type PhoneNumberResult =
  | { ok: true; number: E164 }
  | {
      ok: false;
      code: PhoneNumberProblem;
      message: string;
      remedy: string;
      /** What the text may mean, for a person to choose. All can be dialled. Empty if nothing was found. */
      readings: readonly PhoneNumberReading[];
    };

export type Refusal = Extract<PhoneNumberResult, { ok: false }>;

export const HOW_TO_WRITE = "Write it like +49 30 23125 000 or 030 23125000.";

export function refused(code: PhoneNumberProblem, message: string, remedy = HOW_TO_WRITE): Refusal {
  return { ok: false, code, message, remedy, readings: [] };
}

/** What a text leaves open. */
export interface Doubt {
  readonly code: PhoneNumberProblem;
  readonly message: string;
  readonly remedy: string;
  /** Whether the remedy helps even if it's clear which number is meant. */
  readonly keepsRemedy?: boolean;
  /** What it may mean: digits, with a plus in front if one was written. Not all of them need to exist. */
  readonly candidates: readonly string[];
}
