import { type CallRequest, checkCallRequest } from "../call/call-request.js";
import { type CallControls, controlsOf } from "../call/control/call-control.js";
import type { IntentionStore } from "../call/place/idempotency-store.js";
import { placeCall } from "../call/place/place-call.js";
import type { Preflight } from "../call/preflight/preflight.js";
import { checkPlaceOptions, signalOf } from "../call/request-options.js";
import type {
  HistoryQuery,
  PastCall,
  PlaceOptions,
  Platform,
  RequestOptions,
  Telephony,
} from "../call/telephony.js";
import { createRest } from "../sipgate/api/api-client.js";
import type { Credentials } from "../sipgate/auth/credentials.js";
import type { Transport } from "../sipgate/http/http.js";
import type { Trace } from "../sipgate/http/trace.js";
import { basePathOf } from "../sipgate/http/urls.js";
import { createOrder } from "../sipgate/platform/place-on-platform.js";
import type { PlannedRequest } from "../sipgate/platform/plan.js";
import { createPlatformFinder } from "../sipgate/platform/platform-finder.js";
import type { PushHandler, PushOptions } from "../sipgate/push/push-handler.js";
import { type Call, callOf, type Following } from "./call.js";
import { settingsOf } from "./settings.js";

export interface ClientOptions {
  readonly credentials: Credentials;
  /** Where sipgate's API is. Default: `https://api.sipgate.com/v2`. Plain http is allowed to this machine only. */
  readonly baseUrl?: string | undefined;
  /** Default: `auto`, which reads it from the access token or finds out by asking. */
  readonly platform?: "auto" | Platform | undefined;
  /** Milliseconds that each request may take, with all attempts at it where it reads; from 1 to 600,000. Default: 30,000. */
  readonly timeout?: number | undefined;
  /** Where numbers without a country code are dialled, two letters (ISO 3166-1). Default: `DE`. */
  readonly defaultCountry?: string | undefined;
  /**
   * Where intentions to call are kept, for `idempotencyKey`. Default in Node: files in the user's state folder, which
   * hold for all processes of one machine. Elsewhere there is none.
   */
  readonly intentions?: IntentionStore | undefined;
  /**
   * Told of each request after its end, and of the platform, for logs: no credentials, ids or phone numbers are in it.
   * What it throws is ignored. Requests to sipgate's login, by which credentials renew themselves, aren't told of.
   */
  readonly trace?: Trace | undefined;
}

/** A call to place. */
export interface PlaceRequest extends CallRequest {
  /**
   * A name of your own for this one call, up to 255 characters. The same key again, from whichever process, rings
   * nobody and answers the call that it was placed with.
   */
  readonly idempotencyKey?: string | undefined;
}

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
  pushes(options: PushOptions): Promise<PushHandler>;
  /** What can be done to a running call. Sends nothing by itself. */
  control(callId: string): CallControls;
  /**
   * What `place` would send, without sending anything: one request where the platform is known, else classic's and
   * the one that follows should the account be neo. On neo the channel is left out, since only sipgate knows it.
   *
   * @throws InvalidRequestError naming everything that's wrong with the request
   */
  plan(request: CallRequest): Promise<PlannedRequest[]>;
}

/** @throws InvalidSettingsError naming everything that's wrong with the options */
export function createClientOn(
  carrier: Transport,
  options: ClientOptions,
  defaultStore?: () => Promise<IntentionStore>,
): Client {
  const settings = settingsOf(options);
  const { trace, baseUrl } = settings;
  const transport: Transport =
    trace === undefined
      ? carrier
      : async (request) =>
          (await import("../sipgate/http/trace.js")).traced(
            carrier,
            trace,
            basePathOf(new URL(baseUrl)),
          )(request);
  const rest = createRest({ ...settings, triesAgain: true }, transport);
  const finder = createPlatformFinder(rest, settings);
  // What isn't needed to place a call on classic is loaded when it's used.
  const account = () => import("../sipgate/api/account.js");
  const running = () => import("../sipgate/api/running-calls.js");
  const whoami = async (options?: RequestOptions) => (await account()).readUser(rest, options);
  const order = createOrder(rest, finder);
  const control = (callId: string) =>
    controlsOf(
      { command: async (id, command, how) => (await running()).commandCall(rest, id, command, how) },
      callId,
      settings.defaultCountry,
    );
  // Whoever looks again and again tries nothing twice.
  const once = createRest({ ...settings, triesAgain: false }, transport);
  const sights = async () => (await import("../sipgate/platform/recent-calls.js")).callSights(once, finder);
  const underKey = async (request: PlaceRequest & { idempotencyKey: string }, how?: PlaceOptions) => {
    const { placeWithKey } = await import("./place-with-key.js");
    const store = options.intentions ?? (await defaultStore?.());
    return placeWithKey(store, order, sights, request, settings, how);
  };
  let following: Promise<Following> | undefined;
  const follower = () => {
    following ??= import("./following.js").then(({ createFollowing }) => createFollowing(once, finder));
    return following;
  };
  const reads = {
    async devices(options?: RequestOptions) {
      const [user, platform] = await Promise.all([whoami(options), finder.find(options)]);
      return (await account()).readDevices(rest, user.id, platform, options);
    },
    numbers: async (options?: RequestOptions) => (await account()).readNumbers(rest, options),
    channels: async (options?: RequestOptions) => (await account()).readChannels(rest, options),
    balance: async (options?: RequestOptions) => (await account()).readBalance(rest, options),
    restrictions: async (options?: RequestOptions) => (await account()).readRestrictions(rest, options),
    calls: async (options?: RequestOptions) => (await running()).readCalls(rest, options),
    whoami,
    platform: (options?: RequestOptions) => finder.find(options),
  };
  return {
    ...reads,
    async place(request, how) {
      checkPlaceOptions(how);
      const placed =
        request?.idempotencyKey === undefined
          ? await placeCall({ place: order }, sights, withoutKey(request), settings.defaultCountry, how)
          : await underKey({ ...request, idempotencyKey: request.idempotencyKey }, how);
      return callOf(placed, control(placed.sessionId), follower);
    },
    async pushes(options) {
      const { createPushHandler } = await import("../sipgate/push/push-handler.js");
      return createPushHandler((await follower()).inlet, options);
    },
    control,
    async *history(query = {}, options) {
      const { checkHistoryQuery } = await import("../call/history-query.js");
      checkHistoryQuery(query);
      signalOf(options);
      const { readHistory } = await import("../sipgate/api/history.js");
      yield* readHistory(rest, await finder.find(options), query, options);
    },
    async plan(request) {
      const { planOrders } = await import("../sipgate/platform/plan.js");
      return planOrders(rest, await finder.known(), await checkCallRequest(request, settings.defaultCountry));
    },
    async preflight(request, options) {
      signalOf(options); // Else every check would tell of it.
      const [{ preflight }, { preflightSource }] = await Promise.all([
        import("../call/preflight/preflight.js"),
        import("./preflight-source.js"),
      ]);
      const source = preflightSource(reads, rest, finder);
      return preflight(source, request, settings.defaultCountry, options);
    },
  };
}

/** An absent key may be there as undefined. */
function withoutKey(request: PlaceRequest): CallRequest {
  if (typeof request !== "object" || request === null || !("idempotencyKey" in request)) return request;
  const { idempotencyKey, ...call } = request;
  return call;
}
