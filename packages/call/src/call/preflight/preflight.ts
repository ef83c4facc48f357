// Would this call work? Reads what can be read before it, and says of each thing whether it prevents it.
import type { CheckedCallRequest } from "../call-request.js";
import type { Clock } from "../clock.js";
import { CallError, InvalidRequestError } from "../errors.js";
import { warningsOf } from "../number/premium-rate.js";
import type { RequestOptions, Telephony } from "../telephony.js";
import { limitInWords } from "../text/duration.js";
import { signalAfter } from "../wait.js";
import type { Check } from "./check.js";
import type { PlatformRules, RulesOf } from "./platform-rules.js";
import { checksOf } from "./preflight-checks.js";
import { PREFLIGHT_LIMIT_MS } from "./time-limit.js";

/** What was checked before a call. */
export interface Preflight {
  /** Each check with its result. */
  readonly checks: readonly Check[];
  /** Whether anything surely prevents the call. */
  readonly blocked: boolean;
}

/** What to check. */
export interface PreflightScope {
  /** Whether to check that the call can be followed. */
  readonly following: boolean;
}

type Source = Pick<
  Telephony,
  | "whoami"
  | "platform"
  | "devices"
  | "numbers"
  | "channels"
  | "balance"
  | "callRestrictions"
  | "calls"
  | "records"
>;

/**
 * Checks everything that would prevent a call and can be known before it. Dials nothing. None of the requests is waited
 * for longer than five seconds. The devices come only after the platform is known. So restrictions are read then, too: over
 * a connection that stands, and at no loss of time.
 *
 * @param rulesOf what the account's platform, once known, says about a call
 * @param request checked, or what is wrong with it
 * @throws CallError `aborted` if the signal aborts; a request that fails makes its check `unchecked` or
 * `failed`
 */
export async function preflight(
  clock: Clock,
  source: Source,
  rulesOf: RulesOf,
  { following }: PreflightScope,
  request: CheckedCallRequest | InvalidRequestError,
  options: RequestOptions = {},
): Promise<Preflight> {
  const { signal, timeoutMs } = options;
  const { signal: limit, cancel } = signalAfter(clock, PREFLIGHT_LIMIT_MS);
  const how = { signal: signal === undefined ? limit : AbortSignal.any([signal, limit]), timeoutMs };
  const platform = source.platform(how);
  const orError = <T>(promise: T | Promise<T>) => orErrorWithin(limit, promise);
  const onlyIf = <T>(matters: (rules: PlatformRules) => boolean, read: () => Promise<T>) =>
    orError(platform.then((found) => (matters(rulesOf(found)) ? read() : undefined)));
  const afterPlatform = <T>(read: () => Promise<T>) => orError(platform.then(read, read));
  const showsNumber = !(request instanceof InvalidRequestError) && request.callerId !== undefined;
  const [user, foundPlatform, devices, numbers, channels, restrictions, balance, running, records] =
    await Promise.all([
      orError(source.whoami(how)),
      orError(platform),
      orError(source.devices(how)),
      orError(showsNumber ? source.numbers(how) : undefined),
      onlyIf(
        ({ hasChannels }) => hasChannels,
        () => source.channels(how),
      ),
      afterPlatform(() => source.callRestrictions(how)),
      orError(source.balance(how)),
      orError(following ? source.calls(how) : undefined),
      onlyIf(
        ({ hasHistory }) => following && hasHistory,
        () => source.records({ channelIds: [], atMost: 1 }, how),
      ),
    ]).finally(cancel);
  if (signal?.aborted && user instanceof CallError) throw user;
  const costs = request instanceof InvalidRequestError ? [] : await warningsOf(request.callee);
  const checks = checksOf({
    costs,
    request,
    user,
    platform: foundPlatform,
    rules: rulesOf(foundPlatform instanceof CallError ? undefined : foundPlatform),
    devices,
    numbers,
    channels,
    restrictions,
    balance,
    running,
    records,
  });
  return { checks, blocked: checks.some(({ result }) => result === "failed") };
}

async function orErrorWithin<T>(limit: AbortSignal, promise: T | Promise<T>): Promise<T | CallError> {
  try {
    return await promise;
  } catch (error) {
    if (!(error instanceof CallError)) throw error;
    return limit.aborted && error.code === "aborted" ? tooSlow() : error;
  }
}

function tooSlow(): CallError {
  return new CallError(
    "timeout",
    `sipgate didn't answer within ${limitInWords(PREFLIGHT_LIMIT_MS / 1000)}.`,
    {
      remedy: "Look again later; the call may work all the same.",
      placed: "no",
    },
  );
}
