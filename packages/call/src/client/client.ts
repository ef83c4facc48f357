import {
  type CallRequest,
  type CheckedCallRequest,
  checkCallRequest,
  checkPlaceRequest,
  type PlaceRequest,
} from "../call/call-request.js";
import { type Clock, outside } from "../call/clock.js";
import { controlsOf } from "../call/control/call-control.js";
import { InvalidRequestError, InvalidSettingsError, type Problem } from "../call/errors.js";
import { checkHistoryQuery, type HistoryQuery } from "../call/history-query.js";
import { optionProblems } from "../call/options.js";
import type { IdempotencyStore } from "../call/place/idempotency-store.js";
import { placeCall } from "../call/place/place-call.js";
import { PREFLIGHT_LIMIT_MS, type Preflight, type PreflightScope } from "../call/preflight/preflight.js";
import { checkRequestOptions, PLACE_RULES } from "../call/request-options.js";
import type { PastCall, PlaceOptions, Platform, RequestOptions, SipAccount } from "../call/telephony.js";
import { signalAfter } from "../call/wait.js";
import { readBalance, readRestrictions, readUser, requestChannels } from "../sipgate/api/account.js";
import { createApiClient } from "../sipgate/api/api-client.js";
import { readHistory } from "../sipgate/api/call-log.js";
import { commandCall } from "../sipgate/api/running-calls.js";
import type { OpenTransport, Transport } from "../sipgate/http/http.js";
import { traced } from "../sipgate/http/trace.js";
import { basePathOf } from "../sipgate/http/urls.js";
import { createDevicesRead } from "../sipgate/platform/devices.js";
import { dryRunRequests, type PlannedRequest } from "../sipgate/platform/dry-run.js";
import { createPlaceOnPlatform } from "../sipgate/platform/place-on-platform.js";
import { sipgateCallOf } from "../sipgate/platform/placed-call.js";
import { createPlatformFinder, type PlatformFinder } from "../sipgate/platform/platform-finder.js";
import { createCallLookup } from "../sipgate/platform/recent-calls.js";
import { RecentRead, type RecentReads } from "../sipgate/platform/recent-read.js";
import type { PushHandler, PushOptions } from "../sipgate/push/push-handler.js";
import { type Call, callOf, followableOf, type NewCall } from "./call.js";
import type { ClientOptions } from "./client-options.js";
import { createFollowing } from "./following.js";
import { type CallDetails, pickedUp } from "./picked-up-call.js";
import type { PlaceKeyed } from "./place-keyed.js";
import { checkedReads, createReads, type Reads } from "./reads.js";
import { settingsOf } from "./settings.js";

/** A client of one sipgate account. Every method may throw a `CallError`. */
export interface Client extends Reads {
  /**
   * Places a call: the caller's phone rings and, once it's answered, the callee's. On neo it isn't
   * known which rings first.
   * The request that rings phones is sent at most once, whatever happens.
   * With an `idempotencyKey`, that holds for all requests with this key together.
   *
   * @throws InvalidRequestError naming everything that's wrong with the request; nothing was sent then
   * @throws CallError telling by `placed` whether anything was dialled
   * @example
   * ```ts
   * import { createClient } from "sipgate-call";
   *
   * const client = createClient({ credentials: { tokenId: "token-ABC123", token: process.env.SIPGATE_TOKEN ?? "" } });
   * const call = await client.place({ caller: "e0", callee: "+49 30 23125 000", idempotencyKey: "order-4711" });
   * console.log(call.callId, call.platform, call.warnings);
   * ```
   */
  place(request: PlaceRequest, options?: PlaceOptions): Promise<NewCall>;
  /**
   * Checks, before a call, everything that would stop it and can be known. Dials nothing.
   *
   * @throws InvalidRequestError for invalid options; what's wrong with the request is a failed check instead
   * @throws CallError `aborted` if the signal aborts
   * @example
   * ```ts
   * import { createClient } from "sipgate-call";
   *
   * const client = createClient({ credentials: { tokenId: "token-ABC123", token: process.env.SIPGATE_TOKEN ?? "" } });
   * const { blocked, checks } = await client.preflight({ caller: "e0", callee: "+49 30 23125 000" });
   * console.log(blocked ? "It would not work:" : "It should work:");
   * for (const { name, result, message } of checks) console.log(name, result, message);
   * ```
   */
  preflight(request: CallRequest, options?: RequestOptions): Promise<Preflight>;
  /**
   * Past calls, newest first; on neo from the events of each channel, whose shape isn't published. Each page
   * is read when it's needed.
   *
   * @throws InvalidRequestError naming everything that's wrong with the query or the options
   * @example
   * ```ts
   * import { createClient } from "sipgate-call";
   *
   * const client = createClient({ credentials: { tokenId: "token-ABC123", token: process.env.SIPGATE_TOKEN ?? "" } });
   * for await (const { startedAt, target, end } of client.history({ from: "2026-01-01", limit: 20 }))
   *   console.log(startedAt, target, end.cause, end.durationSeconds);
   * ```
   */
  history(query?: HistoryQuery, options?: RequestOptions): AsyncGenerator<PastCall, void, undefined>;
  /**
   * Makes a handler for what sipgate's Push API posts. It shows at once when a followed call rings and is
   * answered. Calls can be followed without it.
   *
   * Source: sipgate's documentation of its Push API.
   *
   * @throws InvalidSettingsError naming everything that's wrong with the options
   * @example
   * ```ts
   * import { createClient } from "sipgate-call";
   *
   * const client = createClient({ credentials: { tokenId: "token-ABC123", token: process.env.SIPGATE_TOKEN ?? "" } });
   * const handler = await client.createPushHandler({ url: "https://example.com/sipgate" });
   * const answer = await handler.handle({ headers: new Headers(), body: "" });
   * console.log(answer.status, handler.counts.forged);
   * ```
   */
  createPushHandler(options: PushOptions): Promise<PushHandler>;
  /**
   * Picks up a call by the id that `place` returned, such as after a restart: to follow it, to control it, or
   * to learn how it ended. Sends nothing by itself, and never throws: with an invalid id, every use of the
   * call rejects.
   *
   * Earlier states of the call aren't reported, so it may not be known who ended it. If a call neither runs
   * nor is in the history, `outcome()` is `unknown` after `giveUpAfterMs`.
   *
   * @param details what else is still known about it
   * @throws nothing itself: if the id or details are invalid, every use of the call rejects with
   * InvalidRequestError
   * @example
   * ```ts
   * import { createClient } from "sipgate-call";
   *
   * const client = createClient({ credentials: { tokenId: "token-ABC123", token: process.env.SIPGATE_TOKEN ?? "" } });
   * const { callId } = await client.place({ caller: "e0", callee: "+49 30 23125 000" });
   * // Later, in another process:
   * const { end } = await client.call(callId).outcome({ giveUpAfterMs: 30_000 });
   * console.log(end?.cause);
   * ```
   */
  call(callId: string, details?: CallDetails): Call;
  /**
   * What a phone of your own needs to register as one of your VoIP phones, such as a phone in a browser. Whoever has
   * it can call at the account's expense. Takes the scope `devices:read`. Source: sipgate's OpenAPI document.
   *
   * @param deviceId such as `e0`
   * @returns undefined if you have no such VoIP phone, or sipgate doesn't say
   * @throws InvalidRequestError for options that can't be used
   * @throws CallError with `placed: "no"`
   * @example
   * ```ts
   * import { createClient } from "sipgate-call";
   *
   * const client = createClient({ credentials: { tokenId: "token-ABC123", token: process.env.SIPGATE_TOKEN ?? "" } });
   * const account = await client.sipAccount("e0");
   * console.log(account?.server, account?.websocketUrl);
   * ```
   */
  sipAccount(deviceId: string, options?: RequestOptions): Promise<SipAccount | undefined>;
  /**
   * Adds a VoIP phone of your own, such as one for a phone in a browser. It's offline until something registers with its
   * `sipAccount`. Never sent twice. Takes the scope `devices:write`. Source: integrations report the request; the
   * response isn't known.
   *
   * @param name what people see, e.g. `Browser at work`
   * @returns its extension, e.g. `e5`
   * @throws InvalidRequestError if the name is empty, or for options that can't be used
   * @throws CallError with `placed: "no"`. After a lost response there may be such a phone all the same: see `devices`
   * @example
   * ```ts
   * import { createClient } from "sipgate-call";
   *
   * const client = createClient({ credentials: { tokenId: "token-ABC123", token: process.env.SIPGATE_TOKEN ?? "" } });
   * const deviceId = await client.registerDevice("Browser at work");
   * console.log(await client.sipAccount(deviceId));
   * ```
   */
  registerDevice(name: string, options?: RequestOptions): Promise<string>;
  /**
   * What `place` would send, without sending anything: one request if the platform is known, otherwise
   * classic's and the one that follows if the account is neo. On neo the channel is left out, because only
   * sipgate knows it.
   *
   * @throws InvalidRequestError naming everything that's wrong with the request
   * @example
   * ```ts
   * import { createClient } from "sipgate-call";
   *
   * const client = createClient({ credentials: { tokenId: "token-ABC123", token: process.env.SIPGATE_TOKEN ?? "" } });
   * for (const { method, url, body } of await client.dryRun({ caller: "e0", callee: "+49 30 23125 000" }))
   *   console.log(method, url, body);
   * ```
   */
  dryRun(request: CallRequest): Promise<PlannedRequest[]>;
}

/** What depends on the runtime. */
export interface RuntimeTraits {
  /** Where requests under an `idempotencyKey` are recorded unless a store is given. */
  readonly defaultStore?: () => Promise<IdempotencyStore>;
  /** Whether the runtime may send a request again by itself. Default: false. */
  readonly mayRepeatOrders?: boolean;
}

/** @throws InvalidSettingsError naming everything that's wrong with the options */
export function createClientWith(
  open: OpenTransport,
  options: ClientOptions,
  traits?: RuntimeTraits,
): Client {
  return createClientParts(open, options, traits).client;
}

/** What an earlier process has found out about the account. */
export interface KnownAccount {
  readonly userId: string;
  readonly platform: Platform;
}

/** What only the command line uses of a client: it checks a call and places it at once. */
export interface Dialing {
  /** Takes for right what an earlier process has found, until a response says otherwise. */
  suppose(known: KnownAccount): void;
  /** Begins to read what a preflight is going to. */
  readAhead(): void;
  /** Opens the connection for the order. Sends nothing. */
  openForOrder(): void;
  /** As the client's, without asking whether the call can be followed: the user learns that when it is. */
  preflight(request: CheckedCallRequest): Promise<Preflight>;
  /** From now on nothing is taken for known that sipgate hasn't said. */
  forgetKnown(): void;
  /** What the preflight has found out, if both are known. */
  found(): Promise<KnownAccount | undefined>;
}

/** @throws InvalidSettingsError naming everything that's wrong with the options */
export function createClientParts(
  open: OpenTransport,
  options: ClientOptions,
  { defaultStore, mayRepeatOrders = false }: RuntimeTraits = {},
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
      if (mayRepeatOrders && options.acceptRepeatRisk !== true) throw repeatRisk();
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
      const [{ readSipAccount }, user, platform] = await Promise.all([
        import("../sipgate/platform/sip-account.js"),
        reads.whoami(options),
        finder.find(options),
      ]);
      return readSipAccount(api, user.id, platform, deviceId, options);
    },
    async registerDevice(name, options) {
      checkRequestOptions(options);
      if (name.trim() === "") throw new InvalidRequestError([NO_DEVICE_NAME]);
      const [{ registerDevice }, { id }] = await Promise.all([
        import("../sipgate/platform/register-device.js"),
        reads.whoami(options),
      ]);
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
  const dialing: Dialing = {
    suppose(known) {
      finder.suppose(known.platform);
      user.suppose({ id: known.userId, domain: undefined, locale: undefined });
    },
    readAhead: () => readAhead(clock, finder, recent),
    openForOrder: () => api.openForOrder(),
    preflight: (request) => preflight({ following: false }, request),
    forgetKnown() {
      finder.suppose(undefined);
      for (const read of Object.values(recent)) read.forget();
    },
    async found() {
      const platform = await finder.find();
      return platform && { userId: (await user.recent()).id, platform };
    },
  };
  return { client, dialing };
}

const NO_DEVICE_NAME = {
  field: "name",
  code: "required",
  message: "A phone needs a name.",
  remedy: 'Give it one that people recognise, e.g. "Browser at work".',
} as const;

/** Reads as a preflight does, in the same order. The devices need user and platform. The preflight tells of failures. */
function readAhead(clock: Clock, finder: PlatformFinder, recent: RecentReads): void {
  const { devices, balance, restrictions, channels } = recent;
  const { signal, cancel } = signalAfter(clock, PREFLIGHT_LIMIT_MS);
  const how = { signal };
  const platform = finder.find(how);
  const read = [
    devices.recent(how),
    balance.recent(how),
    platform.then((found) => (found === "neo" ? channels.recent(how) : undefined)),
    platform.then(() => restrictions.recent(how)),
  ];
  void Promise.allSettled(read).then(cancel);
}

function repeatRisk(): InvalidSettingsError {
  const message =
    "This runtime may send the order again by itself if the connection breaks: then two calls are placed.";
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
