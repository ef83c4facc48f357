import type { PhoneNumberReading } from "./number/phone-number.js";

/**
 * Whether a request has led to a call.
 *
 * - `"no"`: surely not: refused before it was sent, or by sipgate. Safe to try again.
 * - `"yes"`: sipgate accepted it: phones ring.
 * - `"unknown"`: the request may have arrived and its answer was lost. Trying again may ring someone twice.
 */
export type Placed = "no" | "yes" | "unknown";

/** What went wrong, in one stable word that a program can branch on. */
export type CallErrorCode =
  | "invalid-settings"
  | "invalid-request"
  | "blocked"
  | "bad-request"
  | "unauthorized"
  | "insufficient-funds"
  | "forbidden"
  | "not-found"
  | "method-not-allowed"
  | "call-not-found"
  | "several-calls"
  | "conflict"
  | "unsupported-media-type"
  | "rate-limited"
  | "server-error"
  | "unexpected-answer"
  | "network"
  | "timeout"
  | "aborted"
  | "outcome-unknown"
  | "just-placed"
  | "store-failed"
  | "sign-in-needed"
  | "sign-in-failed";

/** What looking for a call has shown. */
export interface CallSearch {
  /**
   * - `"likely"`: a call to this number is running, or began in those seconds; it may still be another's
   * - `"possible"`: there is one, but from another device, or there are several
   * - `"not-seen"`: there is none so far. A phone that still rings can't be seen
   * - `"hidden"`: it can't be looked for
   */
  readonly found: "likely" | "possible" | "not-seen" | "hidden";
  /** The call that was found. It encodes phone numbers: treat it as personal data. */
  readonly callId: string | undefined;
  /** The same in a sentence, without numbers and ids. */
  readonly summary: string;
}

export interface CallErrorDetails {
  /** What to do about it, in a sentence or two. */
  remedy: string;
  /** Whether anything was dialled. */
  placed: Placed;
  /** HTTP status, where there was an answer. */
  status?: number | undefined;
  /** Body of the answer as text, at most 2,000 characters, where there was one; without credentials and ids of calls. */
  response?: string | undefined;
  cause?: unknown;
  search?: CallSearch | undefined;
}

/** Base of every error this library throws. It never holds credentials. */
export class CallError extends Error {
  /** Stable; branch on this, not on the message. */
  readonly code: CallErrorCode;
  readonly remedy: string;
  readonly placed: Placed;
  readonly status: number | undefined;
  readonly response: string | undefined;
  /** Private, so that it isn't printed with the error: it holds a session id. */
  readonly #search: CallSearch | undefined;

  constructor(code: CallErrorCode, message: string, details: CallErrorDetails) {
    super(message, details.cause === undefined ? undefined : { cause: details.cause });
    this.name = new.target.name;
    this.code = code;
    this.remedy = details.remedy;
    this.placed = details.placed;
    this.status = details.status;
    this.response = details.response;
    this.#search = details.search;
  }

  /** Where a call's outcome is unknown: what looking for it has shown, if it was looked for. */
  get search(): CallSearch | undefined {
    return this.#search;
  }
}

/** One thing that is wrong with one field of a request or setting. */
export interface Problem {
  /** The field's name, e.g. `callee`. */
  field: string;
  /** What is wrong, in one stable word, e.g. `emergency`. */
  code: string;
  /** What is wrong, as a sentence. */
  message: string;
  /** What to do about it. */
  remedy: string;
  /** The numbers that may be meant, if a phone number leaves that open: all can be dialled. */
  readings?: readonly PhoneNumberReading[];
}

/** A request that cannot be sent as it is. `problems` names everything that is wrong with it, not just the first. */
export class InvalidRequestError extends CallError {
  readonly problems: readonly Problem[];

  constructor(problems: readonly Problem[]) {
    super("invalid-request", `The request can't be sent. ${inWords(problems)}`, {
      remedy: problems.map((problem) => problem.remedy).join(" "),
      placed: "no",
    });
    this.problems = problems;
  }
}

/** Settings of the client that can't work: credentials, base URL, timeout, platform, default country. */
export class InvalidSettingsError extends CallError {
  readonly problems: readonly Problem[];

  constructor(problems: readonly Problem[], cause?: unknown) {
    super("invalid-settings", `The settings can't be used. ${inWords(problems)}`, {
      remedy: problems.map((problem) => problem.remedy).join(" "),
      placed: "no",
      cause,
    });
    this.problems = problems;
  }
}

function inWords(problems: readonly Problem[]): string {
  return problems.map((problem) => `${problem.field}: ${problem.message}`).join(" ");
}

/** Which of sipgate's reasons a 403 has, as far as its body tells. */
export type ForbiddenReason = "neo-account" | "missing-scope" | "password-reset" | "unknown";

/** sipgate knows who is asking and refuses (403). */
export class ForbiddenError extends CallError {
  readonly reason: ForbiddenReason;

  constructor(reason: ForbiddenReason, message: string, details: CallErrorDetails) {
    super("forbidden", message, details);
    this.reason = reason;
  }
}

/** Too many requests (429). */
export class RateLimitedError extends CallError {
  /** Seconds to wait before the next request, where sipgate said so. */
  readonly retryAfter: number | undefined;

  constructor(message: string, details: CallErrorDetails & { retryAfter: number | undefined }) {
    super("rate-limited", message, details);
    this.retryAfter = details.retryAfter;
  }
}
