import { type Clock, systemClock } from "../call/clock.js";
import { InvalidSettingsError, type Problem } from "../call/errors.js";
import { COUNTRIES } from "../call/number/countries.generated.js";
import type { Platform } from "../call/telephony.js";
import { printable } from "../call/text/printable.js";
import type { ApiSettings } from "../sipgate/api/api-client.js";
import { copyOf, credentialProblems, noCredentials } from "../sipgate/auth/credentials.js";
import { isLoopback } from "../sipgate/hosts.js";
import type { Trace, TraceEvent } from "../sipgate/http/trace.js";
import { urlOf, withoutSlashes } from "../sipgate/http/urls.js";
import type { ClientOptions } from "./client-options.js";

export const DEFAULT_BASE_URL = "https://api.sipgate.com/v2";
export const DEFAULT_TIMEOUT = 30_000;
const LONGEST_TIMEOUT = 600_000;

export interface ClientSettings extends Omit<ApiSettings, "retriesReads"> {
  /** Undefined where it has to be found out. */
  readonly platform: Platform | undefined;
  readonly defaultCountry: string | undefined;
  readonly trace: Trace | undefined;
}

/** Checks the options of a client. @throws InvalidSettingsError naming everything that's wrong */
export function settingsOf(options: ClientOptions): ClientSettings {
  if (typeof options !== "object" || options === null) throw new InvalidSettingsError([noCredentials()]);
  const {
    credentials,
    baseUrl = DEFAULT_BASE_URL,
    platform = "auto",
    timeout = DEFAULT_TIMEOUT,
    defaultCountry,
    clock = systemClock,
    trace,
  } = options;
  const problems = [
    ...unknownOptions(options),
    ...credentialProblems(credentials),
    ...baseUrlProblems(baseUrl),
    ...platformProblems(platform),
    ...timeoutProblems(timeout),
    ...countryProblems(defaultCountry),
    ...clockProblems(clock),
    ...traceProblems(trace),
  ];
  if (problems.length > 0) throw new InvalidSettingsError(problems);
  return {
    // A copy: what changes later was never checked.
    credentials: copyOf(credentials),
    baseUrl: withoutSlashes(baseUrl),
    platform: platform === "auto" ? undefined : platform,
    timeout,
    defaultCountry,
    clock,
    trace: trace === undefined ? undefined : quietly(trace),
  };
}

const OPTIONS: readonly (keyof ClientOptions)[] = [
  "credentials",
  "baseUrl",
  "platform",
  "timeout",
  "defaultCountry",
  "idempotencyStore",
  "clock",
  "trace",
];

/** A misspelt `baseURL` would otherwise reach the real sipgate without a word. */
function unknownOptions(options: ClientOptions): Problem[] {
  const known: readonly string[] = OPTIONS;
  return Object.keys(options)
    .filter((name) => !known.includes(name))
    .map((name) => ({
      field: printable(name),
      code: "unknown-field",
      message: "There is no such option.",
      remedy: `The options are ${OPTIONS.join(", ")}.`,
    }));
}

const BASE_URL_REMEDY = `Leave it out, or give sipgate's: ${DEFAULT_BASE_URL}.`;

function baseUrlProblems(baseUrl: unknown): Problem[] {
  const problem = (message: string, remedy = BASE_URL_REMEDY) => [
    { field: "baseUrl", code: "invalid", message, remedy },
  ];
  // Neither line breaks nor what would change a terminal: it's shown where it may be wrong.
  if (typeof baseUrl !== "string" || /[^!-~]|[?#]/.test(baseUrl))
    return problem("It must be ASCII text, without spaces, query or fragment.");
  const complete = withScheme(baseUrl);
  if (complete !== undefined) return problem("It lacks http:// or https://.", `Give ${complete}.`);
  const url = urlOf(baseUrl);
  if (url === undefined) return problem("It isn't a URL."); // Not shown: it may hold credentials.
  if (url.username !== "" || url.password !== "") return problem("It must not hold credentials.");
  if (url.protocol === "https:" || (url.protocol === "http:" && isLoopback(url.hostname))) return [];
  return problem(
    `Only https is safe for credentials, and plain http to this machine; not ${printable(`${url.protocol}//${url.host}`)}.`,
  );
}

/** What a base URL such as `localhost:8642/v2` is meant to be; undefined where nothing else is wrong with it. */
function withScheme(baseUrl: string): string | undefined {
  if (/^[a-z][a-z\d+.-]*:\/\//i.test(baseUrl)) return undefined;
  const url = urlOf(`https://${baseUrl}`);
  // A single word is a typing error, not a host.
  if (url === undefined || url.username !== "" || url.password !== "" || !/[.:/]/.test(baseUrl))
    return undefined;
  return printable(`${isLoopback(url.hostname) ? "http" : "https"}://${baseUrl}`);
}

function platformProblems(platform: unknown): Problem[] {
  if (platform === "auto" || platform === "classic" || platform === "neo") return [];
  const message = `${shown(platform)} isn't a platform.`;
  return [{ field: "platform", code: "invalid", message, remedy: "Use auto, classic or neo." }];
}

function timeoutProblems(timeout: number): Problem[] {
  if (Number.isFinite(timeout) && timeout >= 1 && timeout <= LONGEST_TIMEOUT) return [];
  const message = `${typeof timeout === "number" ? timeout : "It"} isn't a number of milliseconds from 1 to ${LONGEST_TIMEOUT}.`;
  return [{ field: "timeout", code: "invalid", message, remedy: `Leave it out for ${DEFAULT_TIMEOUT}.` }];
}

/** Else a number would be refused for it later, and only one that is written without its country. */
function countryProblems(country: unknown): Problem[] {
  if (country === undefined || country === "DE") return [];
  if (typeof country === "string" && /^[A-Z]{2}$/.test(country) && COUNTRIES.includes(country)) return [];
  const message = `${shown(country)} isn't a country whose numbers are known.`;
  const remedy = "Give two capital letters, such as DE.";
  return [{ field: "defaultCountry", code: "invalid", message, remedy }];
}

function clockProblems(clock: Clock): Problem[] {
  const isClock =
    typeof clock === "object" &&
    clock !== null &&
    [clock.now, clock.monotonicMs, clock.after].every((method) => typeof method === "function");
  if (isClock) return [];
  const message = "It lacks now(), monotonicMs() or after().";
  const remedy = "Leave it out for the system's time, or give the clock of a sandbox.";
  return [{ field: "clock", code: "invalid", message, remedy }];
}

function traceProblems(trace: unknown): Problem[] {
  if (trace === undefined || typeof trace === "function") return [];
  const remedy = "Leave it out, or give a function that takes an event.";
  return [{ field: "trace", code: "invalid", message: "It isn't a function.", remedy }];
}

/** A log that fails must not change what becomes of a call. */
function quietly(trace: (event: TraceEvent) => unknown): Trace {
  return (event) => {
    try {
      Promise.resolve(trace(event)).catch(() => {});
    } catch {
      // As documented: what it throws is ignored.
    }
  };
}

function shown(value: unknown): string {
  return typeof value === "string" ? `"${printable(value)}"` : "What isn't text";
}
