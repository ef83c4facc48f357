import { type CheckedCallRequest, checkCallRequest, checkPlaceRequest } from "../call/call-request.js";
import { outside } from "../call/clock.js";
import { controlsOf } from "../call/control/call-control.js";
import { InvalidRequestError, InvalidSettingsError, type Problem } from "../call/errors.js";
import { checkHistoryQuery } from "../call/history-query.js";
import { optionProblems } from "../call/options.js";
import type { IdempotencyStore } from "../call/place/idempotency-store.js";
import { placeCall } from "../call/place/place-call.js";
import type { PreflightScope } from "../call/preflight/preflight.js";
import { checkRequestOptions, PLACE_RULES } from "../call/request-options.js";
import type { PlaceOptions, RequestOptions } from "../call/telephony.js";
import { readBalance, readRestrictions, readUser, requestChannels } from "../sipgate/api/account.js";
import { createApiClient } from "../sipgate/api/api-client.js";
import { readHistory } from "../sipgate/api/call-log.js";
import { commandCall } from "../sipgate/api/running-calls.js";
import type { OpenTransport, Transport } from "../sipgate/http/http.js";
import { traced } from "../sipgate/http/trace.js";
import { basePathOf } from "../sipgate/http/urls.js";
import { createDevicesRead } from "../sipgate/platform/devices.js";
import { dryRunRequests } from "../sipgate/platform/dry-run.js";
import { createPlaceOnPlatform } from "../sipgate/platform/place-on-platform.js";
import { sipgateCallOf } from "../sipgate/platform/placed-call.js";
import { createPlatformFinder } from "../sipgate/platform/platform-finder.js";
import { createCallLookup } from "../sipgate/platform/recent-calls.js";
import { RecentRead, type RecentReads } from "../sipgate/platform/recent-read.js";
import { registerDevice } from "../sipgate/platform/register-device.js";
import { readSipAccount } from "../sipgate/platform/sip-account.js";
import { callOf, followableOf } from "./call.js";
import type { Client } from "./client.js";
import type { ClientOptions } from "./client-options.js";
import { createDialing, type Dialing } from "./dialing.js";
import { createFollowing } from "./following.js";
import { pickedUp } from "./picked-up-call.js";
import type { PlaceKeyed } from "./place-keyed.js";
import { checkedReads, createReads } from "./reads.js";
import { settingsOf } from "./settings.js";

/** What depends on the runtime. */
export interface RuntimeTraits {
  /** Where requests under an `idempotencyKey` are recorded unless a store is given. */
  readonly defaultStore?: () => Promise<IdempotencyStore>;
  /** Whether the runtime may send a request again by itself. Default: false. */
  readonly mayRepeatRequests?: boolean;
}

/** @throws InvalidSettingsError naming everything that's wrong with the options */
export function createClientWith(
  open: OpenTransport,
  options: ClientOptions,
  traits?: RuntimeTraits,
): Client {
  return createClientParts(open, options, traits).client;
}

/** @throws InvalidSettingsError naming everything that's wrong with the options */
export function createClientParts(
  open: OpenTransport,
  options: ClientOptions,
  { defaultStore, mayRepeatRequests = false }: RuntimeTraits = {},
): { readonly client: Client; readonly dialing: Dialing } {
  const settings = settingsOf(options, open.takesAgent ?? false);
  const { clock, trace, baseUrl } = settings;
  const carrier = open(clock, options.agent);
  const transport: Transport =
    trace === undefined ? carrier : traced(clock, carrier, trace, basePathOf(new URL(baseUrl)));
  const api = createApiClient({ ...settings, retriesReads: true }, transport);
  const channels = new RecentRead(clock, (how) => requestChannels(api, how));
  const finder = createPlatformFinder(api, settings, channels);
  const user = new RecentRead(clock, (how) => readUser(api, how));
  const recent: RecentReads = {
    channels,
    user,
    devices: new RecentRead(clock, createDevicesRead(api, finder, user)),
    balance: new RecentRead(clock, (how) => readBalance(api, how)),
    restrictions: new RecentRead(clock, (how) => readRestrictions(api, how)),
  };
  const controls = (callId: string) =>
    controlsOf(
      { command: (id, command, how) => commandCall(api, id, command, how) },
      callId,
      settings.defaultCountry,
    );
  // Code that polls needs no retries.
  const apiWithoutRetry = createApiClient({ ...settings, retriesReads: false }, transport);
  const lookup = createCallLookup(apiWithoutRetry, finder);
  const placing = { clock, telephony: { place: createPlaceOnPlatform(api, finder, recent) }, lookup };
  let placeKeyed: PlaceKeyed | undefined;
  const placeUnderKey = async (request: CheckedCallRequest, key: unknown, how?: PlaceOptions) => {
    const store = options.idempotencyStore ?? (await (defaultStore && outside(clock, defaultStore())));
    // Few calls have a key. What explains how placing them failed is loaded along with it.
    const { createPlaceKeyed } = await import("./place-keyed.js");
    placeKeyed ??= createPlaceKeyed(api, settings, placing);
    return placeKeyed(store, request, key, how);
  };
  const following = createFollowing(clock, apiWithoutRetry, finder);
  const reads = createReads(api, finder, recent);
  const preflight = async (
    scope: PreflightScope,
    request: CheckedCallRequest | InvalidRequestError,
    how?: RequestOptions,
  ) => {
    const { runPreflight } = await import("./run-preflight.js");
    return runPreflight({ clock, api, finder, reads, recent }, scope, request, how);
  };
  const client: Client = {
    ...checkedReads(reads),
    async place(request, how) {
      if (mayRepeatRequests && options.acceptRepeatRisk !== true) throw repeatRisk();
      const key: unknown = request?.idempotencyKey;
      const checked = await checkedBeside(
        optionProblems(how, PLACE_RULES),
        checkPlaceRequest(request, settings.defaultCountry),
      );
      const placed = sipgateCallOf(
        await (key === undefined ? placeCall(placing, checked, how) : placeUnderKey(checked, key, how)),
      );
      const call = callOf(placed.callId, controls(placed.callId), () => followableOf(placed), following);
      return Object.assign(call, placed);
    },
    async createPushHandler(options) {
      const { createPushHandler } = await import("../sipgate/push/push-handler.js");
      return createPushHandler(following.clock, following.inlet, options);
    },
    call: (callId, details) =>
      callOf(callId, controls(callId), () => pickedUp(callId, details, finder), following),
    async *history(query = {}, options) {
      checkRequestOptions(options);
      const checked = await checkHistoryQuery(query, settings.defaultCountry);
      yield* readHistory(api, await finder.find(options), checked, options);
    },
    async sipAccount(deviceId, options) {
      checkRequestOptions(options);
      const [user, platform] = await Promise.all([reads.whoami(options), finder.find(options)]);
      return readSipAccount(api, user.id, platform, deviceId, options);
    },
    async registerDevice(name, options) {
      checkRequestOptions(options);
      if (typeof name !== "string" || name.trim() === "") throw new InvalidRequestError([NO_DEVICE_NAME]);
      const { id } = await reads.whoami(options);
      return registerDevice(api, id, name.trim(), options);
    },
    async dryRun(request) {
      return dryRunRequests(
        api,
        await finder.known(),
        await checkCallRequest(request, settings.defaultCountry),
      );
    },
    async preflight(request, options) {
      checkRequestOptions(options);
      const checked = await orError(checkCallRequest(request, settings.defaultCountry));
      return preflight({ following: true }, checked, options);
    },
  };
  const dialing = createDialing({ clock, api, finder, recent, preflight });
  return { client, dialing };
}

const NO_DEVICE_NAME = {
  field: "name",
  code: "required",
  message: "A phone needs a name.",
  remedy: 'Give it one that people recognise, e.g. "Browser at work".',
} as const;

function repeatRisk(): InvalidSettingsError {
  const message =
    "This runtime may send the call request again by itself if the connection breaks: then two calls are placed.";
  const remedy = "Place calls from a server, or set acceptRepeatRisk to true. Nothing was dialled.";
  return new InvalidSettingsError([{ field: "acceptRepeatRisk", code: "missing", message, remedy }]);
}

/** @throws InvalidRequestError naming what is wrong with the options and with the request, all at once */
async function checkedBeside<T>(problems: readonly Problem[], checking: Promise<T>): Promise<T> {
  const result = await orError(checking);
  if (result instanceof InvalidRequestError) throw new InvalidRequestError([...problems, ...result.problems]);
  if (problems.length > 0) throw new InvalidRequestError(problems);
  return result;
}

/** For a preflight, an error in the request is a result, too. */
async function orError<T>(checking: Promise<T>): Promise<T | InvalidRequestError> {
  try {
    return await checking;
  } catch (error) {
    if (error instanceof InvalidRequestError) return error;
    throw error;
  }
}
