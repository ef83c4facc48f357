// The agent who works at this dialer: one contact at a time, each called by one click. What is called and when is up to the
// shift of sipgate-call-lists, which judges every rule again at the click.
import { setTimeout as sleep } from "node:timers/promises";
import type { Client } from "sipgate-call";
import type { CallLists, DialWatch, HandOutResult, Said, Shift } from "sipgate-call-lists";
import type { Calls } from "../calls/calls.js";
import type { RequestedCall } from "../calls/running-call.js";
import { Refusal } from "../wire/refusal.js";
import type { WireDesk, WireDeskState, WireSaid } from "../wire/wire.js";
import { afterDial, type Held } from "./after-dial.js";
import { listProblemOf, NEO } from "./list-problem.js";
import { isPhoneAllowed } from "./phone-in-hand.js";
import { wireContactOf, wireReasonOf } from "./wire-contact.js";

/** Who begins to work, on which list, with which phone. */
export interface Beginning {
  readonly list: string;
  readonly agent: string;
  readonly caller: string;
  /** The number that callees see, if the list doesn't set it. */
  readonly callerId: string | undefined;
  /** Whether the page says that its browser is that phone, and is registered. */
  readonly isBrowserReady: boolean;
}

interface AtWork {
  readonly shift: Shift;
  readonly client: Client;
  readonly profile: string;
  /** The number that callees see. */
  readonly callerId: string | undefined;
  readonly at: NonNullable<WireDesk["at"]>;
}

/** Seconds until a contact that was skipped is due again. */
const SKIPPED_SECONDS = 600;
/** The account's next call may start within so many milliseconds: the click isn't asked for again. */
const LONGEST_WAIT_MS = 5_000;
const AWAY = { at: undefined, now: { kind: "away" }, problem: undefined } as const;

export class Desk {
  readonly #lists: CallLists;
  readonly #calls: Calls;
  readonly #told: (desk: WireDesk) => void;
  #wire: WireDesk = { revision: 0, ...AWAY };
  #work: AtWork | undefined;
  #held: Held | undefined;
  /** The call that is over, of which the agent may say something. */
  #attemptId = "";
  /** One thing after the other: two clicks don't get two contacts. */
  #last: Promise<unknown> = Promise.resolve();

  constructor(lists: CallLists, calls: Calls, told: (desk: WireDesk) => void) {
    this.#lists = lists;
    this.#calls = calls;
    this.#told = told;
  }

  get wire(): WireDesk {
    return this.#wire;
  }

  /** Begins to work, and hands out the first contact. */
  begin(client: Client, profile: string, beginning: Beginning): Promise<void> {
    return this.#inTurn(async () => {
      if (this.#wire.now.kind === "calling") return;
      await this.#leave();
      const { list, agent, caller, callerId, isBrowserReady } = beginning;
      if (!(await isPhoneAllowed(client, caller, isBrowserReady))) return this.#tell({ problem: NEO });
      const shift = await this.#lists.startShift({
        client,
        list,
        agent,
        caller,
        callerId,
        hasPhoneInHand: isBrowserReady,
      });
      const at = { list, agent, caller, dispositions: await shift.dispositions() };
      this.#work = { shift, client, profile, at, callerId: shift.list.callerId ?? callerId };
      this.#tell({ at });
      await this.#next();
    });
  }

  /** Hands out the next contact, unless the agent has one or is in a call. */
  next(): Promise<void> {
    return this.#inTurn(() => this.#next());
  }

  /** The contact goes back, and comes again later. */
  skip(contactId: string): Promise<void> {
    return this.#inTurn(async () => {
      const held = this.#heldContact(contactId);
      if (held === undefined || this.#work === undefined) return;
      await this.#work.shift.giveBack(held.handed, SKIPPED_SECONDS);
      this.#held = undefined;
      await this.#next();
    });
  }

  /** Goes home: a contact that was handed out goes back at once. */
  leave(): Promise<void> {
    return this.#inTurn(() => (this.#wire.now.kind === "calling" ? Promise.resolve() : this.#leave()));
  }

  /**
   * Calls the contact that the agent has before them and has clicked on. Every rule is judged again.
   *
   * @param requestId made by the page, once for each click
   * @returns as soon as the call is placed, or nothing was dialled: whether it's placed
   */
  call(requestId: string, contactId: string, isBrowserReady: boolean): Promise<boolean> {
    return this.#inTurn(async () => {
      const [work, held] = [this.#work, this.#heldContact(contactId)];
      if (work === undefined || held === undefined || this.#wire.now.kind !== "contact") return false;
      if (!(await isPhoneAllowed(work.client, work.at.caller, isBrowserReady))) {
        this.#tell({ problem: NEO });
        return false;
      }
      const { contact } = held;
      this.#tell({ now: { kind: "calling", contact, requestId }, problem: undefined });
      return new Promise<boolean>((resolve) => {
        const { callerId, at } = work;
        const listed = { list: at.list, name: contact.name };
        const request = { id: requestId, caller: at.caller, callee: contact.number, callerId, listed };
        void this.#dial(work, held, request, () => resolve(true)).then(() => resolve(false));
      });
    });
  }

  /** Notes what the agent says of the call that is over. */
  say(said: WireSaid): Promise<void> {
    return this.#inTurn(async () => {
      const { now } = this.#wire;
      if (now.kind !== "over" || this.#work === undefined || this.#attemptId === "") return;
      await this.#work.shift.say(this.#attemptId, saidOf(said));
      this.#tell({ problem: undefined });
    });
  }

  async close(): Promise<void> {
    if (this.#wire.now.kind !== "calling") await this.leave().catch(() => {});
  }

  async #leave(): Promise<void> {
    const held = this.#held;
    const work = this.#work;
    this.#held = undefined;
    this.#work = undefined;
    this.#attemptId = "";
    this.#tell(AWAY);
    if (held !== undefined) await work?.shift.giveBack(held.handed);
  }

  async #next(): Promise<void> {
    const { kind } = this.#wire.now;
    if (this.#work === undefined || this.#held !== undefined || kind === "calling") return;
    // Without an agent at work, nobody else may be delivering.
    void this.#lists.deliver().catch(() => {});
    const result = await this.#work.shift.next();
    this.#attemptId = "";
    if (result.kind === "contact") {
      const contact = wireContactOf(result.contact, await this.#work.shift.consents(result.contact));
      this.#held = { handed: result.contact, contact };
      return this.#tell({ now: { kind: "contact", contact }, problem: undefined });
    }
    if (result.kind === "stopped") await this.#leave();
    this.#tell({ now: whyNobody(result), problem: undefined });
  }

  /** What goes wrong becomes a part of what is told. */
  async #dial(work: AtWork, held: Held, request: RequestedCall, placed: () => void): Promise<void> {
    const { shift, profile } = work;
    const watch: DialWatch = {
      onCall: (call) => {
        this.#calls.take(call, profile, request);
        placed();
      },
    };
    try {
      let result = await shift.dial(held.handed, watch);
      while (result.kind === "wait" && result.reason.inMs < LONGEST_WAIT_MS) {
        await sleep(result.reason.inMs);
        result = await shift.dial(held.handed, watch);
      }
      if (result.kind === "stopped") await shift.giveBack(held.handed);
      const after = afterDial(result, held, request.id);
      if (after.now.kind !== "contact") this.#held = undefined;
      if (after.now.kind === "stopped") this.#work = undefined;
      if (result.kind === "over") this.#attemptId = result.attemptId;
      this.#tell({ ...after, at: this.#work?.at });
    } catch (error) {
      this.#held = undefined;
      this.#tell({ now: { kind: "lost", contact: held.contact }, problem: listProblemOf(error) });
    }
  }

  #heldContact(id: string): Held | undefined {
    return this.#held?.contact.id === id ? this.#held : undefined;
  }

  #tell(news: Partial<WireDesk>): void {
    this.#wire = { ...this.#wire, ...news, revision: this.#wire.revision + 1 };
    this.#told(this.#wire);
  }

  /** After what was asked for before, whether that came about or not. */
  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const turn = this.#last.then(work);
    this.#last = turn.catch(() => {});
    return turn;
  }
}

function whyNobody(result: Exclude<HandOutResult, { kind: "contact" }>): WireDeskState {
  if (result.kind !== "nobody") return { kind: result.kind };
  const { reason, nextAt } = result;
  return {
    kind: "nobody",
    reason: reason === undefined ? undefined : wireReasonOf(reason),
    nextAt: nextAt?.toISOString(),
  };
}

/** @throws Refusal 400 if the time is none */
function saidOf({ disposition, note, callBackAt }: WireSaid): Said {
  const at = callBackAt === undefined ? undefined : new Date(callBackAt);
  if (at !== undefined && Number.isNaN(at.getTime())) throw new Refusal(400, "callBackAt must be a time.");
  return { disposition, note, callBackAt: at };
}
