import type { CallRequest, PlaceRequest } from "../call/call-request.js";
import type { HistoryQuery } from "../call/history-query.js";
import type { Preflight } from "../call/preflight/preflight.js";
import type { PastCall, PlaceOptions, RequestOptions, SipAccount } from "../call/telephony.js";
import type { PlannedRequest } from "../sipgate/platform/dry-run.js";
import type { PushHandler, PushOptions } from "../sipgate/push/push-handler.js";
import type { Call, NewCall } from "./call.js";
import type { CallDetails } from "./picked-up-call.js";
import type { Reads } from "./reads.js";

/** A client of one sipgate account. Every method may throw a `CallError`. */
export interface Client extends Reads {
  /**
   * Places a call: the caller's phone rings and, once it's answered, the callee's. On neo it isn't known which rings
   * first. The request that rings phones is sent at most once, whatever happens. With an `idempotencyKey`, that holds
   * for all requests with this key together.
   *
   * Takes the scope `sessions:calls:write` on classic, `rtcm:write` on neo. Source: sipgate's OpenAPI document for
   * classic, integrations for neo.
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
   * Checks, before a call, everything that would stop it and can be known. Dials nothing. Source: that of `whoami`,
   * `devices`, `numbers`, `channels`, `balance`, `callRestrictions`, `calls` and `history`, which it reads.
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
   * Past calls, newest first. Each page is read when it's needed. Takes the scope `history:read`, on neo
   * `channels:read`. Source: sipgate's OpenAPI document for classic. Its help page says that neo has the events of each
   * channel instead, whose shape isn't known.
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
   * Picks up a call by the id that `place` returned, such as after a restart: to follow it, to control it, or to learn
   * how it ended. Sends nothing by itself, and never throws: with an invalid id, every use of the call rejects.
   *
   * Earlier states of the call aren't reported, so it may not be known who ended it. If a call neither runs nor is in
   * the history, `outcome()` is `unknown` after `giveUpAfterMs`. Source: that the id stays the same is in sipgate's
   * rtcm.md.
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
   * What a phone of your own needs to register as one of your VoIP phones, such as a phone in a browser. Anybody who
   * has it can call at the account's expense. Takes the scope `devices:read`. Source: sipgate's OpenAPI document.
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
   * What `place` would send, without sending anything: one request if the platform is known, otherwise classic's and
   * the one that follows if the account is neo. On neo the channel is left out, because only sipgate knows it. Source:
   * that of `place`.
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
