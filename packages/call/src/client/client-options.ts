import type { Clock } from "../call/clock.js";
import type { IdempotencyStore } from "../call/place/idempotency-store.js";
import type { Platform } from "../call/telephony.js";
import type { Credentials } from "../sipgate/auth/credentials.js";
import type { Trace } from "../sipgate/http/trace.js";

/** Options of `createClient`. */
export interface ClientOptions {
  /** Who is calling. */
  readonly credentials: Credentials;
  /**
   * Where sipgate's API is. Plain http is allowed to this machine only.
   *
   * @default "https://api.sipgate.com/v2"
   */
  readonly baseUrl?: string | undefined;
  /**
   * Which of sipgate's platforms the account is on. `auto` reads it from the access token or finds out by asking.
   *
   * @default "auto"
   */
  readonly platform?: "auto" | Platform | undefined;
  /**
   * Milliseconds that each request to sipgate may take, with all attempts at it; from 1 to 600,000. Each method takes
   * a `timeoutMs` of its own, too.
   *
   * @default 30_000
   */
  readonly timeoutMs?: number | undefined;
  /**
   * Where numbers without a country code are dialled, two letters (ISO 3166-1).
   *
   * @default "DE"
   */
  readonly defaultCountry?: string | undefined;
  /**
   * Where requests under an `idempotencyKey` are recorded.
   *
   * @default in Node files in the user's state folder, which hold for all processes of one machine; elsewhere none
   */
  readonly idempotencyStore?: IdempotencyStore | undefined;
  /**
   * Lets `place` work in browsers. They may send an order again by themselves if a kept connection breaks: then two calls
   * are placed, and an `idempotencyKey` doesn't prevent it. Without it, `place` refuses there. Elsewhere it changes nothing.
   *
   * @default false
   */
  readonly acceptRepeatRisk?: boolean | undefined;
  /**
   * Time, for tests: by it requests time out, failed ones are retried, calls are looked at again and given up. With the
   * clock of a sandbox a call of an hour takes milliseconds, since `advance` moves both sides.
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
   * Told of each request after its end, and of the platform, for logs: no credentials, ids or phone numbers are in it.
   * What it throws is ignored. Requests to sipgate's login, by which credentials renew themselves, aren't told of.
   *
   * @default nobody is told
   */
  readonly trace?: Trace | undefined;
}
