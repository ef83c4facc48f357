import { randomUUID } from "node:crypto";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import {
  type Call,
  type CallRequest,
  type Client,
  type Clock,
  checkCallRequest,
  InvalidRequestError,
  isCallError,
  type NewCall,
  type PlaceOptions,
  type PlaceRequest,
  type Problem,
  type RequestOptions,
  readPhoneNumber,
  type TransferTarget,
} from "sipgate-call";
import { stateFolder } from "../files/folders.js";
import { digest } from "../files/private-files.js";
import { countsOf, judgeCounts, judgeTime } from "./judge.js";
import { judgeNumbers, rungBy } from "./judge-numbers.js";
import { createLedger, type Ledger, type LedgerEntry } from "./ledger.js";
import { type Rules, type WholeRules, wholeRules } from "./rules.js";
import { countRunning } from "./running-calls.js";

/** Options of {@link withRules}. */
export interface WithRulesOptions {
  /**
   * Where calls are counted. All programs that use the same folder share the limits.
   *
   * @default that of the tools for agents, in the user's state folder
   */
  readonly folder?: string | undefined;
  /**
   * The country of numbers without a country code: the client's `defaultCountry`.
   *
   * @default `"DE"`
   */
  readonly defaultCountry?: string | undefined;
  /**
   * The clock by which hours and limits are judged: the client's `clock`.
   *
   * @default the system's time
   */
  readonly clock?: Clock | undefined;
}

/** A client whose calls are judged by rules. */
export interface RuledClient extends Client {
  /**
   * Which rules forbid a call now. Places nothing, and counts nothing. A call that was placed under the same
   * `idempotencyKey` isn't counted: nobody would be rung again.
   *
   * @returns a problem for each such rule, with a code such as `rule-country`; none if the call may be placed
   * @throws InvalidRequestError naming everything that's wrong with the request
   */
  judge(request: PlaceRequest): Promise<Problem[]>;
}

/** How often a call is entered again if other processes enter calls at the same moment. */
const ATTEMPTS = 5;
/** An entry so young may be withdrawn soon. */
const YOUNG_MS = 1_000;

/**
 * A client that places calls and transfers them only as the rules allow. Everything else is the client's own.
 *
 * What a rule forbids is an error (`isCallError`) with the code `invalid-request`, `placed: "no"` and a problem for each
 * rule, whose code begins with `rule-`. Limits count for all processes that share the folder. The rules hold for what
 * goes through this client only.
 *
 * @throws an error (`isCallError`) with the code `invalid-settings` naming everything that's wrong with the rules
 * @example
 * ```ts
 * import { createClient } from "sipgate-call";
 * import { withRules } from "sipgate-call-mcp";
 *
 * const client = createClient({ credentials: { tokenId: "token-ABC123", token: process.env.SIPGATE_TOKEN ?? "" } });
 * const guarded = withRules(client, { countries: ["DE", "AT"], callsADay: 10 });
 * console.log(await guarded.judge({ caller: "e0", callee: "+49 30 23125 000" }));
 * ```
 */
export function withRules(client: Client, rules: Rules, options: WithRulesOptions = {}): RuledClient {
  const whole = wholeRules(rules);
  const { defaultCountry, clock } = options;
  const now = () => clock?.now() ?? new Date();
  const ledger = createLedger(join(options.folder ?? stateFolder(false), "calls"));
  const judgeOthers = async (others: readonly LedgerEntry[]) => {
    const running = await countRunning(client, ledger, others, whole.callsAtOnce, now());
    return countsOf(
      others.map(({ at }) => at),
      running,
      now(),
    );
  };
  const ruledTransfer = async (call: Call, target: TransferTarget, how?: RequestOptions) => {
    const read = await readPhoneNumber(target?.to, defaultCountry);
    if (!read.ok) return call.transfer(target, how); // The client refuses it, and says why.
    const problems = [...(await judgeNumbers(whole, [read.number])), ...judgeTime(whole, now())];
    if (problems.length > 0) throw new InvalidRequestError(problems);
    return call.transfer({ ...target, to: read.number }, how);
  };
  const ruledCall = <C extends Call>(call: C): C => ({
    ...call,
    transfer: (target: TransferTarget, how?: RequestOptions) => ruledTransfer(call, target, how),
  });

  return {
    ...client,
    call: (callId, details) => ruledCall(client.call(callId, details)),
    async judge(request) {
      const checked = await checkCallRequest(withoutKey(request), defaultCountry);
      const name = await nameOf(client, request.idempotencyKey);
      const counts = await judgeOthers(ledger.entries(now()).filter((entry) => entry.name !== name));
      return [
        ...(await judgeNumbers(whole, rungBy(checked))),
        ...judgeTime(whole, now()),
        ...judgeCounts(whole, counts),
      ];
    },
    async place(request: PlaceRequest, how?: PlaceOptions): Promise<NewCall> {
      const checked = await checkCallRequest(withoutKey(request), defaultCountry);
      const problems = [...(await judgeNumbers(whole, rungBy(checked))), ...judgeTime(whole, now())];
      if (problems.length > 0) throw new InvalidRequestError(problems);
      const { idempotencyKey } = request;
      const name = await nameOf(client, idempotencyKey);
      const own = await enter(ledger, name, whole, judgeOthers, now);
      const keyed = idempotencyKey === undefined ? {} : { idempotencyKey };
      const placed = await client.place({ ...checked, ...keyed }, how).catch((error: unknown) => {
        if (isCallError(error) && error.placed === "no") own.withdraw();
        throw error;
      });
      own.placed(placed.callId);
      return ruledCall(placed);
    },
  };
}

/** Enters a call if the others leave room for it. @throws InvalidRequestError if they don't */
async function enter(
  ledger: Ledger,
  name: string,
  rules: WholeRules,
  judgeOthers: (others: readonly LedgerEntry[]) => Promise<ReturnType<typeof countsOf>>,
  now: () => Date,
) {
  for (let attempt = 1; ; attempt += 1) {
    const own = ledger.enter(name, now());
    const entries = ledger.entries(now());
    // An earlier call of this name is the same call: nobody is rung again.
    if (entries.some((entry) => entry.name === name && entry.callId !== undefined)) return own;
    const others = entries.filter((entry) => entry.name !== name);
    const problems = judgeCounts(rules, await judgeOthers(others));
    if (problems.length === 0) return own;
    own.withdraw();
    const maybeLater = others.some(
      ({ callId, at }) => callId === undefined && now().getTime() - at < YOUNG_MS,
    );
    if (!maybeLater || attempt === ATTEMPTS) throw new InvalidRequestError(problems);
    await delay(20 + Math.random() * 200);
  }
}

/**
 * By what a call is counted. A key names a call of one user of one account only, as it does for the client; the folder may
 * count those of several. A key that isn't text is the client's to refuse.
 *
 * @throws CallError with `placed: "no"` if there is a key, and sipgate doesn't say whose it is
 */
async function nameOf(client: Client, key: unknown): Promise<string> {
  if (typeof key !== "string") return randomUUID();
  const { account, id } = await client.whoami();
  return digest(JSON.stringify([account, id, key.trim().normalize("NFC")]));
}

function withoutKey(request: PlaceRequest): CallRequest {
  if (typeof request !== "object" || request === null) return request;
  const { idempotencyKey, ...call } = request;
  return call;
}
