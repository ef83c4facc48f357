import { systemClock } from "../call/clock.js";
import { clockProblems } from "../call/clock-problems.js";
import { InvalidSettingsError, type Problem } from "../call/errors.js";
import { COUNTRIES } from "../call/number/countries.generated.js";
import { unknownNames } from "../call/options.js";
import type { IdempotencyStore } from "../call/place/idempotency-store.js";
import { isMilliseconds, LONGEST_TIMEOUT_MS } from "../call/request-options.js";
import type { Platform } from "../call/telephony.js";
import { printable } from "../call/text/printable.js";
import type { ApiSettings } from "../sipgate/api/api-request.js";
import { copyOf, credentialProblems, noCredentials } from "../sipgate/auth/credentials.js";
import { DEFAULT_BASE_URL, isLoopback } from "../sipgate/hosts.js";
import { agentProblems } from "../sipgate/http/agent.js";
import type { Trace, TraceEvent } from "../sipgate/http/trace.js";
import { urlOf, withoutSlashes } from "../sipgate/http/urls.js";
import type { ClientOptions } from "./client-options.js";

const DEFAULT_TIMEOUT_MS = 30_000;

export interface ClientSettings extends Omit<ApiSettings, "retriesReads"> {
  /** Undefined if it still has to be found out. */
  readonly platform: Platform | undefined;
  readonly defaultCountry: string | undefined;
  readonly trace: Trace | undefined;
}

/** Checks the options of a client. @throws InvalidSettingsError naming everything that's wrong */
export function settingsOf(options: ClientOptions, takesAgent: boolean): ClientSettings {
  if (typeof options !== "object" || options === null) throw new InvalidSettingsError([noCredentials()]);
  const {
    credentials,
    baseUrl = DEFAULT_BASE_URL,
    platform = "auto",
    timeoutMs = DEFAULT_TIMEOUT_MS,
    defaultCountry,
    clock = systemClock,
    trace,
  } = options;
  const problems = [
    ...unknownNames(options, Object.keys(OPTIONS)),
    ...credentialProblems(credentials),
    ...baseUrlProblems(baseUrl),
    ...platformProblems(platform),
    ...timeoutProblems(timeoutMs),
    ...countryProblems(defaultCountry),
    ...riskProblems(options.acceptRepeatRisk),
    ...storeProblems(options.idempotencyStore),
    ...agentProblems(options.agent, takesAgent),
    ...clockProblems(clock),
    ...traceProblems(trace),
  ];
  if (problems.length > 0) throw new InvalidSettingsError(problems);
  return {
    // A copy, because later changes wouldn't be checked.
    credentials: copyOf(credentials),
    baseUrl: withoutSlashes(baseUrl),
    platform: platform === "auto" ? undefined : platform,
    timeoutMs,
    defaultCountry,
    clock,
    trace: trace === undefined ? undefined : quietly(trace),
  };
}

const OPTIONS: { readonly [Name in keyof ClientOptions]-?: true } = {
  credentials: true,
  baseUrl: true,
  platform: true,
  timeoutMs: true,
  defaultCountry: true,
  idempotencyStore: true,
  acceptRepeatRisk: true,
  agent: true,
  clock: true,
  trace: true,
};

const BASE_URL_REMEDY = `Leave it out, or give sipgate's: ${DEFAULT_BASE_URL}.`;

function baseUrlProblems(baseUrl: unknown): Problem[] {
  const problem = (message: string, remedy = BASE_URL_REMEDY) => [
    { field: "baseUrl", code: "invalid", message, remedy },
  ];
  // No line breaks and no control characters of terminals: messages about a wrong URL show it.
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

/** What a base URL without its scheme, such as `localhost:8642/v2`, is meant to be; otherwise undefined. */
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

function timeoutProblems(timeoutMs: unknown): Problem[] {
  if (isMilliseconds(timeoutMs, 1, LONGEST_TIMEOUT_MS)) return [];
  const message = `${typeof timeoutMs === "number" ? timeoutMs : "It"} isn't a number of milliseconds from 1 to ${LONGEST_TIMEOUT_MS}.`;
  return [
    { field: "timeoutMs", code: "invalid", message, remedy: `Leave it out for ${DEFAULT_TIMEOUT_MS}.` },
  ];
}

/** Otherwise only a number without a country code would be refused for it, and only later. */
function countryProblems(country: unknown): Problem[] {
  if (country === undefined || country === "DE") return [];
  if (typeof country === "string" && /^[A-Z]{2}$/.test(country) && COUNTRIES.includes(country)) return [];
  const message = `${shown(country)} isn't a country whose numbers are known.`;
  const remedy = "Give two capital letters, such as DE.";
  return [{ field: "defaultCountry", code: "invalid", message, remedy }];
}

function riskProblems(accepted: unknown): Problem[] {
  if (accepted === undefined || typeof accepted === "boolean") return [];
  const message = "It must be true or false.";
  return [{ field: "acceptRepeatRisk", code: "invalid", message, remedy: "Leave it out, or give true." }];
}

function storeProblems(store: IdempotencyStore | undefined): Problem[] {
  if (store === undefined) return [];
  const methods = [store?.read, store?.create, store?.replace];
  if (methods.every((method) => typeof method === "function")) return [];
  const message = "It isn't an IdempotencyStore.";
  const remedy = "Give an object with the methods read, create and replace.";
  return [{ field: "idempotencyStore", code: "invalid", message, remedy }];
}

function traceProblems(trace: unknown): Problem[] {
  if (trace === undefined || typeof trace === "function") return [];
  const remedy = "Leave it out, or give a function that takes an event.";
  return [{ field: "trace", code: "invalid", message: "It isn't a function.", remedy }];
}

/** A log that fails must not change what happens to a call. */
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
