import {
  type CallRequest,
  type CheckedCallRequest,
  checkCallRequest,
  checkPlaceRequest,
  type PlaceRequest,
} from "../call/call-request.js";
import { outside } from "../call/clock.js";
import { type CallControls, controlsOf } from "../call/control/call-control.js";
import { CallError } from "../call/errors.js";
import { checkHistoryQuery } from "../call/history-query.js";
import type { IdempotencyStore } from "../call/place/idempotency-store.js";
import { placeUnderKey } from "../call/place/idempotent-place.js";
import { placeCall } from "../call/place/place-call.js";
import type { Preflight } from "../call/preflight/preflight.js";
import { checkPlaceOptions, signalOf } from "../call/request-options.js";
import type { HistoryQuery, PastCall, PlaceOptions, RequestOptions, Telephony } from "../call/telephony.js";
import {
  readBalance,
  readChannels,
  readNumbers,
  readRestrictions,
  readUser,
} from "../sipgate/api/account.js";
import { createApiClient } from "../sipgate/api/api-client.js";
import { readHistory } from "../sipgate/api/call-log.js";
import { commandCall, readCalls } from "../sipgate/api/running-calls.js";
import type { OpenTransport, Transport } from "../sipgate/http/http.js";
import { traced } from "../sipgate/http/trace.js";
import { basePathOf } from "../sipgate/http/urls.js";
import { readDevices } from "../sipgate/platform/devices.js";
import { dryRunRequests, type PlannedRequest } from "../sipgate/platform/dry-run.js";
import { createPlaceOnPlatform } from "../sipgate/platform/place-on-platform.js";
import { createPlatformFinder } from "../sipgate/platform/platform-finder.js";
import { createCallLookup } from "../sipgate/platform/recent-calls.js";
import type { PushHandler, PushOptions } from "../sipgate/push/push-handler.js";
import { type Call, callOf } from "./call.js";
import type { ClientOptions } from "./client-options.js";
import { createFollowing } from "./following.js";
import { settingsOf } from "./settings.js";

/** A client of one sipgate account. Every method may throw a `CallError`. */
export interface Client extends Omit<Telephony, "place" | "command" | "records"> {
  /**
   * Places a call: the caller's phone rings and, once it's answered, the callee's. On neo the order isn't known.
   * The request that rings phones is sent at most once, whatever happens.
   * With an `idempotencyKey` that holds for all requests with this key together.
   *
   * @throws InvalidRequestError naming everything that's wrong with the request; nothing was sent then
   * @throws CallError telling by `placed` whether anything was dialled
   */
  place(request: PlaceRequest, options?: PlaceOptions): Promise<Call>;
  /** Looks beforehand at everything that would stop the call and can be known. Dials nothing. */
  preflight(request: CallRequest, options?: RequestOptions): Promise<Preflight>;
  /**
   * Calls of the past, newest first; on neo from the events of each channel, whose shape isn't published. Read page by
   * page as they're asked for.
   */
  history(query?: HistoryQuery, options?: RequestOptions): AsyncGenerator<PastCall, void, undefined>;
  /**
   * Takes what sipgate's Push API posts, so that calls that are followed are known to ring and to be answered the
   * moment they do. Calls can be followed without it.
   *
   * @throws InvalidSettingsError naming everything that's wrong with the options
   */
  createPushHandler(options: PushOptions): Promise<PushHandler>;
  /** What can be done to a running call. Sends nothing by itself. */
  callControls(callId: string): CallControls;
  /**
   * What `place` would send, without sending anything: one request where the platform is known, else classic's and
   * the one that follows should the account be neo. On neo the channel is left out, since only sipgate knows it.
   *
   * @throws InvalidRequestError naming everything that's wrong with the request
   */
  dryRun(request: CallRequest): Promise<PlannedRequest[]>;
}

/** @throws InvalidSettingsError naming everything that's wrong with the options */
export function createClientWith(
  open: OpenTransport,
  options: ClientOptions,
  defaultStore?: () => Promise<IdempotencyStore>,
): Client {
  const settings = settingsOf(options);
  const { clock, trace, baseUrl } = settings;
  const carrier = open(clock);
  const transport: Transport =
    trace === undefined ? carrier : traced(clock, carrier, trace, basePathOf(new URL(baseUrl)));
  const api = createApiClient({ ...settings, retriesReads: true }, transport);
  const finder = createPlatformFinder(api, settings);
  const whoami = (options?: RequestOptions) => readUser(api, options);
  const callControls = (callId: string) =>
    controlsOf(
      { command: (id, command, how) => commandCall(api, id, command, how) },
      callId,
      settings.defaultCountry,
    );
  // Whoever looks again and again tries nothing twice.
  const apiWithoutRetry = createApiClient({ ...settings, retriesReads: false }, transport);
  const lookup = createCallLookup(apiWithoutRetry, finder);
  const placing = { clock, telephony: { place: createPlaceOnPlatform(api, finder) }, lookup };
  const placeKeyed = async (request: CheckedCallRequest, key: unknown, how?: PlaceOptions) => {
    const store = options.idempotencyStore ?? (await (defaultStore && outside(clock, defaultStore())));
    const placement = { key, place: baseUrl, timeout: settings.timeout };
    return placeUnderKey(store, placing, request, placement, how);
  };
  const following = createFollowing(clock, apiWithoutRetry, finder);
  const reads = {
    async devices(options?: RequestOptions) {
      const [user, platform] = await Promise.all([whoami(options), finder.find(options)]);
      return readDevices(api, user.id, platform, options);
    },
    numbers: (options?: RequestOptions) => readNumbers(api, options),
    channels: (options?: RequestOptions) => readChannels(api, options),
    balance: (options?: RequestOptions) => readBalance(api, options),
    callRestrictions: (options?: RequestOptions) => readRestrictions(api, options),
    calls: (options?: RequestOptions) => readCalls(api, options),
    whoami,
    platform: (options?: RequestOptions) => finder.find(options),
  };
  return {
    ...reads,
    async place(request, how) {
      checkPlaceOptions(how);
      const key: unknown = request?.idempotencyKey;
      const checked = await checkPlaceRequest(request, settings.defaultCountry);
      const placed = await (key === undefined
        ? placeCall(placing, checked, how)
        : placeKeyed(checked, key, how));
      return callOf(placed, callControls(placed.callId), following);
    },
    async createPushHandler(options) {
      const { createPushHandler } = await import("../sipgate/push/push-handler.js");
      return createPushHandler(clock, following.inlet, options);
    },
    callControls,
    async *history(query = {}, options) {
      checkHistoryQuery(query);
      signalOf(options);
      yield* readHistory(api, await finder.find(options), query, options);
    },
    async dryRun(request) {
      return dryRunRequests(
        api,
        await finder.known(),
        await checkCallRequest(request, settings.defaultCountry),
      );
    },
    async preflight(request, options) {
      signalOf(options); // Else every check would tell of it.
      const { runPreflight } = await import("./run-preflight.js");
      const checked = await orError(checkCallRequest(request, settings.defaultCountry));
      return runPreflight(clock, reads, api, finder, checked, options);
    },
  };
}

/** What is wrong with a request is a finding, too. */
async function orError<T>(checking: Promise<T>): Promise<T | CallError> {
  try {
    return await checking;
  } catch (error) {
    if (error instanceof CallError) return error;
    throw error;
  }
}
