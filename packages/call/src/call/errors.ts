import type { PhoneNumberReading } from "./number/phone-number.js";

/**
 * Whether a request has led to a call.
 *
 * - `"no"`: surely not: refused before it was sent, or by sipgate. Safe to retry.
 * - `"yes"`: sipgate accepted it: phones ring.
 * - `"unknown"`: the request may have arrived and its response was lost. A retry may ring someone twice.
 */
export type Placed = "no" | "yes" | "unknown";

/** What went wrong, as one stable word that a program can branch on. */
export type CallErrorCode =
  | "invalid-settings"
  | "invalid-request"
  | "request-refused"
  | "unauthorized"
  | "insufficient-funds"
  | "forbidden"
  | "not-found"
  | "misrouted"
  | "call-not-found"
  | "not-established"
  | "rate-limited"
  | "server-error"
  | "unexpected-response"
  | "network"
  | "timeout"
  | "aborted"
  | "outcome-unknown"
  | "store-failed"
  | "sign-in-needed"
  | "sign-in-failed";

/**
 * What searching for a call has shown, among running calls and in what is recorded of past ones. Source: that of
 * `RunningCall` and `PastCall`.
 */
export interface CallSearch {
  /**
   * - `"likely"`: a call to this number is running, or began in those seconds; it may still be another's
   * - `"possible"`: there is one, but from another device, or there are several, or when the request was sent isn't certain,
   *   as after a sleep of the machine
   * - `"not-seen"`: there is none so far. A phone that still rings can't be seen
   * - `"hidden"`: it can't be searched for
   */
  readonly found: "likely" | "possible" | "not-seen" | "hidden";
  /** The call that was found. It encodes phone numbers: treat it as personal data. */
  readonly callId: string | undefined;
  /** The same in a sentence, without numbers and ids. */
  readonly summary: string;
}

/** What a `CallError` is made of, besides its code and message. */
export interface CallErrorDetails {
  /** What to do about it, in a sentence or two. */
  readonly remedy: string;
  /** Whether anything was dialled. */
  readonly placed: Placed;
  /** HTTP status. Undefined if there was no response. */
  readonly status?: number | undefined;
  /**
   * Body of the response as text, at most 2,000 characters, if there was one; without credentials and ids of
   * calls.
   */
  readonly response?: string | undefined;
  /**
   * What caused it: what the system threw, or the `reason` of the signal that aborted. Undefined if nothing else did.
   */
  readonly cause?: unknown;
  /** What searching for the call has shown. Undefined if it wasn't searched for. */
  readonly search?: CallSearch | undefined;
}

/** The same symbol in every copy of this library, and in every realm of a program. */
const BRAND = Symbol.for("sipgate-call/CallError");

/** Base of every error this library throws. It never holds credentials. */
export class CallError extends Error {
  /** Stable; branch on this, not on the message. */
  readonly code: CallErrorCode;
  /** What to do about it, in a sentence or two. */
  readonly remedy: string;
  /** Whether anything was dialled. */
  readonly placed: Placed;
  /** HTTP status. Undefined if there was no response. */
  readonly status: number | undefined;
  /** Body of the response as text, at most 2,000 characters; without credentials and ids of calls. */
  readonly response: string | undefined;
  /** Private, so it isn't printed with the error: it holds a session id. */
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

  /**
   * Marks the error for {@link isCallError}. On the prototype, so it isn't printed with the error.
   *
   * @internal
   */
  get [BRAND](): true {
    return true;
  }

  /** If a call's outcome is unknown: what searching for it has shown, if it was searched for. */
  get search(): CallSearch | undefined {
    return this.#search;
  }
}

/** One thing that is wrong with one field of a request or setting. */
export interface Problem {
  /** The field's name, e.g. `callee`. */
  readonly field: string;
  /** What is wrong, as one stable word, e.g. `emergency`. */
  readonly code: string;
  /** What is wrong, as a sentence. */
  readonly message: string;
  /** What to do about it. */
  readonly remedy: string;
  /** The numbers that may be meant, if a phone number leaves that open: all can be dialled. */
  readonly readings?: readonly PhoneNumberReading[];
}

/** A request that cannot be sent as it is. `problems` names everything that is wrong with it, not just the first. */
export class InvalidRequestError extends CallError {
  /** Always `invalid-request`. */
  declare readonly code: "invalid-request";
  /** Everything that is wrong, at least one. */
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
  /** Always `invalid-settings`. */
  declare readonly code: "invalid-settings";
  /** Everything that is wrong, at least one. */
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

/**
 * Which of sipgate's reasons a 403 has, if its body tells. Source: sipgate's examples name the reasons. The words that
 * tell the first are reported; those of the others are assumed.
 */
export type ForbiddenReason = "neo-account" | "missing-scope" | "password-reset" | "unknown";

/** sipgate knows who sent the request and refuses it (403). Source: sipgate's OpenAPI document. */
export class ForbiddenError extends CallError {
  /** Always `forbidden`. */
  declare readonly code: "forbidden";
  /** Why sipgate refuses, as far as its response tells. */
  readonly reason: ForbiddenReason;

  constructor(reason: ForbiddenReason, message: string, details: CallErrorDetails) {
    super("forbidden", message, details);
    this.reason = reason;
  }
}

/** Too many requests (429). Source: HTTP. What sipgate's limits are isn't known. */
export class RateLimitedError extends CallError {
  /** Always `rate-limited`. */
  declare readonly code: "rate-limited";
  /** Seconds to wait before the next request, if sipgate said so. */
  readonly retryAfterSeconds: number | undefined;

  constructor(
    message: string,
    details: CallErrorDetails & { readonly retryAfterSeconds: number | undefined },
  ) {
    super("rate-limited", message, details);
    this.retryAfterSeconds = details.retryAfterSeconds;
  }
}

type WithMore = InvalidRequestError | InvalidSettingsError | ForbiddenError | RateLimitedError;

/** Any error of this library. Its `code` tells which one it is, and thus what else it holds. */
export type AnyCallError =
  | WithMore
  | (CallError & { readonly code: Exclude<CallErrorCode, WithMore["code"]> });

/**
 * Whether something that was thrown is an error of this library. This includes errors of any copy of it and from
 * another realm, for which `instanceof CallError` is false.
 *
 * @throws nothing
 * @example
 * ```ts
 * import { createClient, isCallError } from "sipgate-call";
 *
 * const client = createClient({ credentials: { tokenId: "token-ABC123", token: process.env.SIPGATE_TOKEN ?? "" } });
 * try {
 *   await client.place({ caller: "e0", callee: "112" });
 * } catch (error) {
 *   if (!isCallError(error)) throw error;
 *   if (error.code === "invalid-request") console.log(error.problems);
 *   else console.log(error.message, error.remedy, error.placed);
 * }
 * ```
 */
export function isCallError(error: unknown): error is AnyCallError {
  return typeof error === "object" && error !== null && BRAND in error && error[BRAND] === true;
}
