// Calls a contact that an agent has confirmed: marks it, places the call, follows it to its end, and notes what became of it.
import {
  type AnyCallError,
  type CallState,
  type Client,
  type Clock,
  isCallError,
  type NewCall,
} from "sipgate-call";
import type { Database } from "../database/database.js";
import {
  type AttemptEnd,
  finishAttempt,
  noteAlive,
  type Undialled,
  undoMark,
} from "../lists/attempt-outcome.js";
import { type HandedOut, LEASE_SECONDS } from "../lists/hand-out.js";
import { type MarkResult, markDialling } from "../lists/mark-dialling.js";
import { ListsError } from "../lists-error.js";
import type { ShownNumber } from "../rules/rules.js";
import type { AttemptStore } from "./attempt-store.js";

/** What calling takes. */
export interface Calling {
  readonly database: Database;
  /** Made with `store` as its `idempotencyStore`. */
  readonly client: Pick<Client, "place">;
  readonly store: AttemptStore;
  readonly clock: Clock;
}

/** Somebody who calls contacts, each from a phone of their own. */
export interface Agent {
  readonly id: string;
  /** What rings first: an extension, or a number, which needs `deviceId`. */
  readonly caller: string;
  readonly deviceId: string | undefined;
  readonly shownNumber: ShownNumber;
}

export type DialResult =
  | Exclude<MarkResult, { kind: "marked" }>
  | { readonly kind: "over"; readonly attemptId: string; readonly end: AttemptEnd }
  /** Surely nothing was dialled. If it's worth another try with the same contact, the agent still has it. */
  | { readonly kind: "not-dialled"; readonly error: AnyCallError; readonly isKept: boolean };

export interface DialWatch {
  /** Is told each state that the call reaches. */
  onState?(state: CallState): void;
  /** Is given the call, to hang it up. */
  onCall?(call: NewCall): void;
}

/**
 * Calls a contact, and returns when the call is over and its outcome is noted.
 *
 * @throws ListsError if the database is lost before the contact is marked, or for long afterwards. If it was marked, the
 * contact then goes to a person as unknown
 */
export async function dialContact(
  calling: Calling,
  agent: Agent,
  contact: HandedOut,
  watch: DialWatch = {},
): Promise<DialResult> {
  const marked = await markDialling(calling.database, contact, agent.id, agent.shownNumber);
  if (marked.kind !== "marked") return marked;
  const { attemptId } = marked;
  const alive = new SignsOfLife(calling, attemptId);
  try {
    const call = await place(calling, agent, contact, attemptId);
    if (isCallError(call)) return await notPlaced(calling, contact, attemptId, call);
    await alive.noteCall(call.callId);
    watch.onCall?.(call);
    const end = await followToEnd(call, watch);
    await untilNoted(calling.clock, () => finishAttempt(calling.database, attemptId, end));
    return { kind: "over", attemptId, end };
  } finally {
    alive.end();
  }
}

/** @returns the error, if it isn't sure that there is a call */
async function place(
  { client, store }: Calling,
  { caller, deviceId, shownNumber }: Agent,
  { contact }: HandedOut,
  attemptId: string,
): Promise<NewCall | AnyCallError> {
  const request = {
    caller,
    callee: contact.number,
    callerId: shownNumber.number,
    deviceId,
    // Each attempt is a call of its own, and never two.
    idempotencyKey: `sipgate-call-lists ${attemptId}`,
  };
  try {
    return await store.placing(attemptId, () => client.place(request));
  } catch (error) {
    if (isCallError(error)) return error;
    throw error;
  }
}

/** Seconds that nobody calls if sipgate says that there were too many requests, and not for how long. */
const SLOW_DOWN_SECONDS = 30;
/** Seconds until somebody tries a contact again of which nothing was dialled. */
const LATER_SECONDS = 60;

async function notPlaced(
  { database, clock }: Calling,
  contact: HandedOut,
  attemptId: string,
  error: AnyCallError,
): Promise<DialResult> {
  const told = `${error.code}: ${error.message}`;
  if (error.placed !== "no") {
    const end = { ...UNKNOWN, error: told };
    await untilNoted(clock, () => finishAttempt(database, attemptId, end));
    return { kind: "over", attemptId, end };
  }
  const then = afterRefusal(error);
  await untilNoted(clock, () => undoMark(database, attemptId, contact, told, then));
  return { kind: "not-dialled", error, isKept: then.kind === "kept" };
}

function afterRefusal(error: AnyCallError): Undialled {
  if (error.code === "rate-limited") {
    const seconds = error.retryAfterSeconds ?? SLOW_DOWN_SECONDS;
    return { kind: "kept", leaseSeconds: seconds + LEASE_SECONDS, slowDownSeconds: seconds };
  }
  const isOfCallee =
    error.code === "invalid-request" && error.problems.every(({ field }) => field === "callee");
  return isOfCallee ? { kind: "never" } : { kind: "later", seconds: LATER_SECONDS };
}

const UNKNOWN: AttemptEnd = {
  state: "unknown",
  cause: "unknown",
  party: undefined,
  durationSeconds: undefined,
  error: undefined,
};

/**
 * The call is never given up by itself: one that rang for fewer than 15 s would harass, and sipgate doesn't tell since when
 * the callee's phone rings.
 */
async function followToEnd(call: NewCall, { onState }: DialWatch): Promise<AttemptEnd> {
  try {
    for await (const { state, end } of call.follow()) {
      onState?.(state);
      if (end !== undefined)
        return {
          state: "ended",
          cause: end.cause,
          party: end.party,
          durationSeconds: end.durationSeconds,
          error: undefined,
        };
    }
  } catch (error) {
    if (!isCallError(error)) throw error;
    return { ...UNKNOWN, error: `${error.code}: ${error.message}` };
  }
  return UNKNOWN;
}

const BEAT_MS = 10_000;

/** Tells all others that this process is at it. */
class SignsOfLife {
  readonly #calling: Calling;
  readonly #attemptId: string;
  #callId: string | undefined;
  #cancel = () => {};
  #isOver = false;

  constructor(calling: Calling, attemptId: string) {
    this.#calling = calling;
    this.#attemptId = attemptId;
    this.#later();
  }

  async noteCall(callId: string): Promise<void> {
    this.#callId = callId;
    await this.#beat();
  }

  end(): void {
    this.#isOver = true;
    this.#cancel();
  }

  #later(): void {
    this.#cancel();
    if (!this.#isOver) this.#cancel = this.#calling.clock.after(BEAT_MS, () => void this.#beat());
  }

  /** One that fails is made up for by the next. */
  async #beat(): Promise<void> {
    await noteAlive(this.#calling.database, this.#attemptId, this.#callId).catch(() => {});
    this.#later();
  }
}

const AGAIN_MS = 2_000;
const MOST_TRIES = 300;

/** Notes what is known of a call, however long the database takes to come back, up to ten minutes. */
async function untilNoted(clock: Clock, note: () => Promise<unknown>): Promise<void> {
  for (let tries = 1; ; tries += 1) {
    try {
      await note();
      return;
    } catch (error) {
      const isLost = error instanceof ListsError && error.code === "database-unreachable";
      if (!isLost || tries >= MOST_TRIES) throw error;
      await new Promise<void>((resolve) => clock.after(AGAIN_MS, resolve));
    }
  }
}
