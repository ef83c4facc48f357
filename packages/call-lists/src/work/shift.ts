// An agent at work on a list.
import type { Client, Clock } from "sipgate-call";
import { readPhoneNumber } from "sipgate-call";
import type { Database } from "../database/database.js";
import { noteDisposition, type Said } from "../lists/agent-says.js";
import { findVanished } from "../lists/attempt-outcome.js";
import { consentsOf, type RecordedConsent } from "../lists/consents.js";
import { listDispositions } from "../lists/dispositions.js";
import { type HandedOut, type HandOutResult, handOut } from "../lists/hand-out.js";
import { giveBack, keep } from "../lists/lease.js";
import { agentCalled, findList, type List } from "../lists/lists.js";
import { ListsError } from "../lists-error.js";
import type { Disposition, ShownNumber } from "../rules/rules.js";
import type { AttemptStore } from "./attempt-store.js";
import { type Agent, type DialResult, type DialWatch, dialContact } from "./dial-contact.js";

/** Who works on which list, and with which phone. */
export interface ShiftOptions {
  /** Made with `idempotencyStore` of the call lists as its own. */
  readonly client: Client;
  /** The list's name. */
  readonly list: string;
  /** The agent's name: each has one of their own. */
  readonly agent: string;
  /** The agent's phone, which rings first: an extension such as `e0`, or a number, which needs `deviceId`. */
  readonly caller: string;
  readonly deviceId?: string | undefined;
  /**
   * The number that callees see, E.164, if the list doesn't set it. It has to be one of the account's.
   *
   * @default none, and nobody is called
   */
  readonly callerId?: string | undefined;
  /**
   * Whether the agent's phone is connected to this program, as one in the browser is. Without it, nobody works on a list on
   * neo, where it isn't known whose phone rings first.
   *
   * @default false
   */
  readonly hasPhoneInHand?: boolean | undefined;
  /** @default the system's time */
  readonly clock?: Clock | undefined;
}

/** An agent at work on a list. Every method may throw a `ListsError`. */
export interface Shift {
  readonly list: List;
  /** Hands out the next contact, for five minutes. */
  next(): Promise<HandOutResult>;
  /** When, how and in which words somebody agreed to be called. Oldest first. */
  consents(contact: HandedOut): Promise<readonly RecordedConsent[]>;
  /** Gives a contact back, to be handed out again after so many seconds. */
  giveBack(contact: HandedOut, afterSeconds?: number): Promise<void>;
  /** Keeps a contact for so many seconds from now. @returns whether it was still the agent's */
  keep(contact: HandedOut, seconds: number): Promise<boolean>;
  /**
   * Calls a contact, once the agent has confirmed it: judges every rule again, marks the contact as being dialled, places the
   * call, follows it to its end, and notes what became of it. Whatever happens, it's dialled at most once; if it isn't known
   * whether it was, the contact goes to a person.
   */
  dial(contact: HandedOut, watch?: DialWatch): Promise<DialResult>;
  /** Notes what the agent says of a call that is over. */
  say(attemptId: string, said: Said): Promise<void>;
  /** What the agent may say of a call. */
  dispositions(): Promise<readonly Disposition[]>;
}

const systemClock: Clock = {
  now: () => new Date(),
  monotonicMs: () => performance.now(),
  after(delayMs, run) {
    const timer = setTimeout(run, delayMs);
    return () => clearTimeout(timer);
  },
};

/**
 * @throws ListsError if there is no such list, or the account is on neo and the agent's phone isn't in hand
 * @throws CallError if sipgate can't be reached or refuses the credentials
 */
export async function startShift(
  database: Database,
  store: AttemptStore,
  {
    client,
    list: name,
    agent: agentName,
    caller,
    deviceId,
    callerId,
    hasPhoneInHand = false,
    clock = systemClock,
  }: ShiftOptions,
): Promise<Shift> {
  const list = await findList(database, name);
  if (!hasPhoneInHand) await refuseNeo(client);
  const shownNumber = await shownNumberOf(client, list.callerId ?? callerId);
  const agent: Agent = { id: await agentCalled(database, agentName), caller, deviceId, shownNumber };
  const calling = { database, client, store, clock };
  let lookedAt = Number.NEGATIVE_INFINITY;
  let waits = false;
  return {
    list,
    async next() {
      // What others have left behind is looked after now and then.
      if (clock.monotonicMs() - lookedAt > LOOK_MS) {
        lookedAt = clock.monotonicMs();
        await findVanished(database);
      }
      const handed = await handOut(database, {
        listId: list.id,
        agentId: agent.id,
        shownNumber,
        looksFirst: waits,
      });
      waits = handed.kind !== "contact";
      return handed;
    },
    consents: ({ contact }) => consentsOf(database, contact.id),
    giveBack: (contact, afterSeconds) => giveBack(database, contact, afterSeconds),
    keep: (contact, seconds) => keep(database, contact, seconds),
    dial: (contact, watch) => dialContact(calling, agent, contact, watch),
    say: (attemptId, said) => noteDisposition(database, attemptId, said),
    dispositions: () => listDispositions(database, list.id),
  };
}

const LOOK_MS = 5_000;

/** The callee might be answered by nobody. */
async function refuseNeo(client: Client): Promise<void> {
  if ((await client.platform()) !== "neo") return;
  throw new ListsError(
    "neo",
    "The account is on sipgate neo, where it isn't known whose phone rings first: a callee might answer and hear nobody.",
    "Call from the dialer with the browser as your phone, or use sipgate classic.",
  );
}

async function shownNumberOf(client: Client, number: string | undefined): Promise<ShownNumber> {
  if (number === undefined) return { number, isOwn: false };
  const own = await Promise.all((await client.numbers()).map((one) => readPhoneNumber(one.number)));
  return { number, isOwn: own.some((read) => read.ok && read.number === number) };
}
