import { randomBytes } from "node:crypto";
import type { Account } from "../accounts/accounts.js";
import type { Clock } from "../clock.js";
import { RINGS_AT_MOST } from "../guesses.js";
import { type Callee, calleeAt } from "../phones/callees.js";
import { CALLER_REACTS_AFTER, type CallerBehaviour } from "../phones/callers.js";
import type { Call, CallState, Cause, Party } from "./call.js";

export interface Order {
  readonly account: Account;
  readonly caller: string;
  readonly callerNumber: string;
  readonly callee: string;
  readonly callerId: string;
  readonly deviceId: string | undefined;
  readonly channelId: string | undefined;
  readonly behaviour: CallerBehaviour;
}

/** Why a call ends that the caller's phone never rings for. */
const WITHOUT_RINGING: Partial<Record<CallerBehaviour, Cause>> = {
  offline: "unreachable",
  refused: "unreachable",
  "do-not-disturb": "rejected",
  busy: "busy",
};

/** How long the caller's phone rings, and why the call ends then, where it isn't answered. */
const AFTER_RINGING: Partial<Record<CallerBehaviour, [milliseconds: number, cause: Cause]>> = {
  "no-answer": [RINGS_AT_MOST, "no-answer"],
  declines: [CALLER_REACTS_AFTER, "rejected"],
};

/** Connects two legs: the caller's phone rings, then the callee's, then both talk until somebody hangs up. */
export class Switch {
  readonly #clock: Clock;
  readonly #calls = new Map<string, Call>();
  readonly #live = new Set<Call>();
  readonly #next = new Map<Call, () => void>();
  readonly #onChange: (call: Call) => void;

  constructor(clock: Clock, onChange: (call: Call) => void) {
    this.#clock = clock;
    this.#onChange = onChange;
  }

  /** Every call placed, in order. */
  get calls(): readonly Call[] {
    return [...this.#calls.values()];
  }

  /** Calls that haven't ended. */
  live(account: Account): Call[] {
    return [...this.#live].filter((call) => sameTenant(call.account, account));
  }

  /** A call that hasn't ended, by its id. */
  find(account: Account, id: string): Call | undefined {
    const call = this.#calls.get(id);
    return call !== undefined && this.#live.has(call) && sameTenant(call.account, account) ? call : undefined;
  }

  place({ behaviour, ...order }: Order): Call {
    const call: Call = {
      ...order,
      id: sessionId(order),
      state: "accepted",
      end: undefined,
      placedAt: this.#clock.now(),
      connectedAt: undefined,
      endedAt: undefined,
      muted: false,
      hold: false,
      recording: false,
      dtmf: [],
      announcements: [],
    };
    this.#calls.set(call.id, call);
    this.#live.add(call);
    this.#onChange(call);
    this.#after(call, 0, () => this.#ringCaller(call, behaviour));
    return call;
  }

  hangUp(call: Call, party: Party): void {
    this.#finish(call, party, call.state === "connected" ? "completed" : "canceled");
  }

  #ringCaller(call: Call, behaviour: CallerBehaviour): void {
    const refused = WITHOUT_RINGING[behaviour];
    if (refused !== undefined) {
      this.#finish(call, "caller", refused);
      return;
    }
    this.#change(call, "caller-ringing");
    const [reactsAfter, cause] = AFTER_RINGING[behaviour] ?? [CALLER_REACTS_AFTER, undefined];
    this.#after(call, reactsAfter, () => {
      if (cause === undefined) this.#callerAnswers(call);
      else this.#finish(call, "caller", cause);
    });
  }

  #callerAnswers(call: Call): void {
    this.#change(call, "caller-answered");
    const callee = calleeAt(call.callee);
    const finish = () => this.#finish(call, callee.end.party, callee.end.cause);
    if (callee.rings === undefined) {
      this.#after(call, 0, finish);
      return;
    }
    this.#change(call, "callee-ringing");
    this.#after(call, callee.rings, callee.kind === "fails" ? finish : () => this.#connect(call, callee));
  }

  #connect(call: Call, { talks, end }: Extract<Callee, { kind: "answers" }>): void {
    call.connectedAt = this.#clock.now();
    this.#change(call, "connected");
    if (talks !== undefined) this.#after(call, talks, () => this.#finish(call, end.party, end.cause));
  }

  #after(call: Call, milliseconds: number, action: () => void): void {
    this.#next.set(call, this.#clock.schedule(milliseconds, action));
  }

  #change(call: Call, state: CallState): void {
    call.state = state;
    this.#onChange(call);
  }

  #finish(call: Call, party: Party, cause: Cause): void {
    if (!this.#live.delete(call)) return;
    this.#next.get(call)?.();
    this.#next.delete(call);
    call.end = { party, cause };
    call.endedAt = this.#clock.now();
    this.#change(call, "ended");
  }
}

function sameTenant(a: Account, b: Account): boolean {
  return a.tenant.masterSipId === b.tenant.masterSipId;
}

/** Like sipgate's, it looks opaque and isn't: it holds the number, the SIP id and the owner (reported). */
function sessionId({ account, callerNumber }: Omit<Order, "behaviour">): string {
  const { masterSipId, user } = account.tenant;
  return Buffer.from(`${callerNumber};${masterSipId}${user};${randomBytes(9).toString("hex")}`).toString(
    "base64url",
  );
}
