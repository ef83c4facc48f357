import { checkOptions, type Rules } from "./options.js";
import type { PlaceOptions, RequestOptions } from "./telephony.js";

/** The longest time that a request may take, in milliseconds. */
export const LONGEST_TIMEOUT_MS = 600_000;
const LONGEST_SEARCH_MS = 600_000;

/** Whether it's a number of milliseconds, from the least to the most. */
export function isMilliseconds(value: unknown, least: number, most = Number.MAX_VALUE): boolean {
  return typeof value === "number" && value >= least && value <= most;
}

export const REQUEST_RULES: Rules<RequestOptions> = {
  signal: {
    fits: (value) => value instanceof AbortSignal,
    message: "It isn't an AbortSignal.",
    remedy: "Give the signal of an AbortController.",
  },
  timeoutMs: {
    fits: (value) => isMilliseconds(value, 1, LONGEST_TIMEOUT_MS),
    message: `It must be a number of milliseconds from 1 to ${LONGEST_TIMEOUT_MS}.`,
    remedy: "Leave it out for the client's own.",
  },
};

export const PLACE_RULES: Rules<PlaceOptions> = {
  ...REQUEST_RULES,
  onSearch: {
    fits: (value) => typeof value === "function",
    message: "It isn't a function.",
    remedy: "Leave it out, or give a function without parameters.",
  },
  searchForMs: {
    fits: (value) => isMilliseconds(value, 0, LONGEST_SEARCH_MS),
    message: `It must be a number of milliseconds from 0 to ${LONGEST_SEARCH_MS}.`,
    remedy: "Leave it out for 15,000.",
  },
};

/** @throws InvalidRequestError naming everything that's wrong with what was given as the options of a request */
export function checkRequestOptions(options: unknown): void {
  checkOptions(options, REQUEST_RULES);
}

/** One signal for each request: many requests that listen to the same signal look like a leak to Node. */
export function ownSignal(signal: AbortSignal | undefined): AbortSignal | undefined {
  return signal === undefined ? undefined : AbortSignal.any([signal]);
}
