import type { Clock } from "../call/clock.js";
import type { IdempotencyStore } from "../call/place/idempotency-store.js";
import type { Platform } from "../call/telephony.js";
import type { Credentials } from "../sipgate/auth/credentials.js";
import type { HttpsAgent } from "../sipgate/http/agent.js";
import type { Trace } from "../sipgate/http/trace.js";

/**
 * Options of `createClient`. Source of addresses, platforms and the token's claim: sipgate's documentation. How the
 * platform shows in refusals is reported.
 */
export interface ClientOptions {
  /** The account's credentials. */
  readonly credentials: Credentials;
  /**
   * Where sipgate's API is. Plain http is allowed to this machine only.
   *
   * @default "https://api.sipgate.com/v2"
   */
  readonly baseUrl?: string | undefined;
  /**
   * Which of sipgate's platforms the account is on. `auto` reads it from the access token, or asks sipgate.
   *
   * @default "auto"
   */
  readonly platform?: "auto" | Platform | undefined;
  /**
   * Milliseconds that each request to sipgate may take, including its retries; from 1 to 600,000. Each method
   * also takes its own `timeoutMs`.
   *
   * @default 30_000
   */
  readonly timeoutMs?: number | undefined;
  /**
   * The country of numbers without a country code, two letters (ISO 3166-1).
   *
   * @default "DE"
   */
  readonly defaultCountry?: string | undefined;
  /**
   * Where requests under an `idempotencyKey` are recorded.
   *
   * @default in Node, files in the user's state folder, shared by all processes of a machine; elsewhere none
   */
  readonly idempotencyStore?: IdempotencyStore | undefined;
  /**
   * Lets `place` work in browsers. They may send a request again by themselves if a kept connection breaks.
   * Then two calls are placed, and an `idempotencyKey` doesn't prevent it. Without this option, `place`
   * refuses there. Elsewhere the option changes nothing.
   *
   * @default false
   */
  readonly acceptRepeatRisk?: boolean | undefined;
  /**
   * The agent of node:https that opens connections to sipgate, such as for a proxy or for certificates of one's own. In Node
   * only; other runtimes refuse it. Requests to a server on this machine by plain http don't use it.
   *
   * Also with it, the request that rings phones is sent once: over a new connection, never over one that the agent has kept.
   *
   * @default connections straight to sipgate; `HTTPS_PROXY` isn't read
   * @example
   * ```ts
   * import { readFileSync } from "node:fs";
   * import { Agent } from "node:https";
   * import { createClient } from "sipgate-call";
   *
   * const credentials = { tokenId: "token-ABC123", token: process.env.SIPGATE_TOKEN ?? "" };
   * const agent = new Agent({ keepAlive: true, ca: readFileSync("company-authority.pem") });
   * console.log((await createClient({ credentials, agent }).whoami()).id);
   * ```
   */
  readonly agent?: HttpsAgent | undefined;
  /**
   * The clock, for tests: timeouts, retries, polls and giving up go by it. With the clock of a sandbox, a
   * call of an hour takes milliseconds, because `advance` moves both sides.
   *
   * @default the system's time
   * @example
   * ```ts
   * import { createClient } from "sipgate-call";
   * import { createSandbox } from "sipgate-sandbox";
   *
   * const sandbox = await createSandbox({ clock: "manual" });
   * const { baseUrl, tokenId, token } = sandbox.classic;
   * const client = createClient({ credentials: { tokenId, token }, baseUrl, clock: sandbox.clock });
   * const call = await client.place({ caller: "e0", callee: "+493023125000" });
   * const outcome = call.outcome();
   * await sandbox.clock.advance(120_000); // milliseconds
   * console.log((await outcome).end?.cause); // "completed"
   * await sandbox.close();
   * ```
   */
  readonly clock?: Clock | undefined;
  /**
   * For logs: called after the end of each request, and with the platform. Events hold no credentials, ids or
   * phone numbers. What the function throws is ignored. Requests to sipgate's login, which renew credentials,
   * aren't reported.
   *
   * @default nothing is reported
   */
  readonly trace?: Trace | undefined;
}
