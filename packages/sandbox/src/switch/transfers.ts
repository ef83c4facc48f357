import type { Phone, PhoneCall, PhoneEvent, TransferProgress } from "../phones/phone.js";
import type { Call, CallRequest } from "./call.js";
import type { EndCause, Party } from "./end.js";
import type { Leg } from "./leg.js";
import { note } from "./note.js";

/** What transfers need of the switch. */
export interface CallSteps {
  /** Makes a call that comes from another one. */
  accept(request: CallRequest, original: Call): Call;
  take(call: Call, leg: Leg, event: PhoneEvent): void;
  callCallee(call: Call): void;
  /** Connects a call whose phones have both answered. */
  connect(call: Call): void;
  /** Lets both parties hear each other. */
  join(call: Call): void;
  /** Ends that. */
  part(call: Call): void;
  hangUp(call: Call, party: Party): void;
  runningOf(call: Call): Iterable<Call>;
  calleeOf(account: string, dialled: string): Pick<CallRequest, "callee" | "calleePhones"> | undefined;
}

/** A leg's phone that is in another call, and comes back if that ends too early. */
interface Lent {
  readonly call: Call;
  readonly leg: Leg;
  /** `transfer`: it stays there once that call is connected. `consultation`: it comes back at the end. */
  readonly for: "transfer" | "consultation";
  readonly progress: (progress: TransferProgress) => void;
}

/** Moves phones from one call to another. Each connection that a transfer makes is a call of its own. */
export class Transfers {
  readonly #steps: CallSteps;
  /** By the call that the phone is in meanwhile, as its caller. */
  readonly #lent = new Map<Call, Lent>();

  constructor(steps: CallSteps) {
    this.#steps = steps;
  }

  /** Connects the callee with somebody else. The first call ends at once. */
  blind(call: Call, number: string, phones: readonly Phone[]): void {
    const next = this.#move(call, call.calleeLeg, { callee: number, calleePhones: phones });
    this.#steps.hangUp(call, "client");
    this.#steps.callCallee(next);
  }

  /** Lets the caller talk with somebody else while the callee waits. If the caller hangs up then, those two are connected. */
  consult(call: Call, number: string, phones: readonly Phone[]): void {
    const { callerLeg, calleeLeg } = call;
    if (callerLeg.audio === undefined || calleeLeg.audio === undefined) return;
    callerLeg.mute(false);
    const next = this.#move(call, callerLeg, { callee: number, calleePhones: phones });
    this.#lent.set(next, { call, leg: callerLeg, for: "consultation", progress: () => {} });
    calleeLeg.hold(true);
    this.#steps.callCallee(next);
  }

  /** Somebody at the phone of a leg transfers the other party. */
  byPhone(call: Call, leg: Leg, { to, progress }: PhoneEvent & { kind: "transfers" }): void {
    const other = otherLeg(call, leg);
    if (other.audio === undefined) {
      progress({ kind: "failed", cause: "rejected" });
    } else if (typeof to === "string") this.#transfer(call, other, to, progress);
    else this.#connectOthers(call, leg, to, progress);
  }

  /** The target of a transfer rings. */
  ringing(call: Call): void {
    this.#lent.get(call)?.progress({ kind: "ringing" });
  }

  /** Ends the call that the other party of a connected one was transferred from. */
  connected(call: Call): void {
    const lent = this.#lent.get(call);
    if (lent?.for !== "transfer") return;
    this.#lent.delete(call);
    if (lent.call.state === "ended") return;
    lent.progress({ kind: "done" });
    this.#steps.hangUp(lent.call, otherLeg(lent.call, lent.leg).party);
  }

  /** A call is about to release its phones. One that was lent goes back, if the call that it came from is running. */
  ending(call: Call, cause: EndCause): void {
    const lent = this.#lent.get(call);
    this.#lent.delete(call);
    if (lent === undefined || lent.call.state === "ended") return;
    lent.progress({ kind: "failed", cause });
    if (call.callerLeg.audio !== undefined) this.#bringBack(call, lent);
    else if (lent.for === "transfer") this.#steps.hangUp(lent.call, lent.leg.party);
    else if (call.calleeLeg.audio === undefined) this.blind(lent.call, call.callee, call.calleePhones);
    else {
      const joined = this.#unite(lent.call, lent.call.calleeLeg, call.calleeLeg);
      this.#steps.hangUp(lent.call, "caller");
      this.#steps.connect(joined);
    }
  }

  #transfer(call: Call, other: Leg, dialled: string, progress: Lent["progress"]): void {
    const callee = this.#steps.calleeOf(call.account, dialled);
    if (callee === undefined) {
      progress({ kind: "failed", cause: "not-found" });
      return;
    }
    note(call.transfers, { attended: false, phoneNumber: callee.callee });
    const next = this.#move(call, other, callee);
    this.#lent.set(next, { call, leg: other, for: "transfer", progress });
    this.#steps.callCallee(next);
  }

  /** The other party of one call, and that of another one at the same phone. */
  #connectOthers(call: Call, leg: Leg, phoneCall: PhoneCall, progress: Lent["progress"]): void {
    for (const second of this.#steps.runningOf(call)) {
      const own = [second.callerLeg, second.calleeLeg].find((each) => each.has(phoneCall));
      const target = own && otherLeg(second, own);
      if (own === undefined || target?.audio === undefined || second === call) continue;
      note(call.transfers, { attended: true, phoneNumber: target.number });
      const joined = this.#unite(call, otherLeg(call, leg), target);
      progress({ kind: "done" });
      this.#steps.hangUp(call, leg.party);
      this.#steps.hangUp(second, own.party);
      this.#steps.connect(joined);
      return;
    }
    progress({ kind: "failed", cause: "not-found" });
  }

  /** A call of two phones that have answered. */
  #unite(call: Call, first: Leg, second: Leg): Call {
    const joined = this.#move(call, first, { callee: second.number, calleePhones: second.phones });
    second.hold(false);
    this.#handOver(second, joined, joined.calleeLeg);
    return joined;
  }

  /** Makes a phone the caller of a new call. */
  #move(call: Call, leg: Leg, callee: Pick<CallRequest, "callee" | "calleePhones">): Call {
    this.#steps.part(call);
    const next = this.#steps.accept({ ...call, ...identityOf(call, leg), ...callee }, call);
    leg.hold(false);
    this.#handOver(leg, next, next.callerLeg);
    return next;
  }

  #bringBack(from: Call, { call, leg }: Lent): void {
    this.#handOver(from.callerLeg, call, leg);
    leg.connected(); // No ringback any more.
    for (const each of [call.callerLeg, call.calleeLeg]) each.hold(call.hold);
    call.callerLeg.mute(call.muted);
    this.#steps.join(call);
  }

  #handOver(leg: Leg, to: Call, toLeg: Leg): void {
    leg.handOver(toLeg, to.id, (event) => this.#steps.take(to, toLeg, event));
  }
}

function otherLeg({ callerLeg, calleeLeg }: Call, leg: Leg): Leg {
  return leg === callerLeg ? calleeLeg : callerLeg;
}

/** Who a leg's phone is as the caller of another call. */
function identityOf(
  { caller, callee, callerIdShown }: Call,
  { party, number, phones }: Leg,
): Pick<CallRequest, "caller" | "callerNumber" | "callerPhones" | "callerIdShown"> {
  const isCaller = party === "caller";
  return {
    caller: isCaller ? caller : callee,
    callerNumber: number,
    callerPhones: phones,
    callerIdShown: isCaller ? callerIdShown : number,
  };
}
