// One call of the dialer's: placed once, followed to its end, and controlled.
import type { Call, CallChange, Client, NewCall } from "sipgate-call";
import { formatNumber } from "../numbers/describe-number.js";
import type { WireCall, WireChange, WireControl, WireOrder } from "../wire/wire.js";
import { problemOf } from "./problem.js";

/** What was asked for, and for which call list, if it was one. */
export type Order = WireOrder & Pick<WireCall, "listed">;

export class RunningCall {
  #wire: WireCall;
  #call: Call | undefined;
  readonly #told: (call: WireCall) => void;

  constructor(order: Order, profile: string, told: (call: WireCall) => void) {
    this.#told = told;
    this.#wire = {
      ...order,
      profile,
      platform: undefined,
      calleeFormatted: formatNumber(order.callee),
      changes: [{ state: "placing", evidence: "click", at: new Date().toISOString() }],
      muted: false,
      held: false,
      recording: false,
    };
  }

  get wire(): WireCall {
    return this.#wire;
  }

  get isOver(): boolean {
    const state = this.#wire.changes.at(-1)?.state;
    return state === "ended" || state === "unknown";
  }

  /** Places it and follows it to its end. What goes wrong becomes a part of what is told. */
  async run(client: Client): Promise<void> {
    const placed = await this.#place(client);
    if (placed !== undefined) await this.take(placed);
  }

  /** Takes over a call that others have placed, and follows it to its end. */
  async take(placed: NewCall): Promise<void> {
    this.#tell({ platform: placed.platform, callId: placed.callId });
    await this.#follow(placed);
  }

  /** Takes up a call that was placed before the dialer was restarted. */
  async resume(client: Client, callId: string): Promise<void> {
    this.#tell({ callId });
    await this.#follow(client.call(callId));
  }

  async #follow(call: Call): Promise<void> {
    this.#call = call;
    try {
      for await (const change of call.follow()) this.#add(changeOf(change));
    } catch (error) {
      this.#give("unknown", error);
    }
  }

  /** @throws CallError if sipgate refuses it, or there is nothing to control yet */
  async control(control: WireControl): Promise<void> {
    const call = this.#call;
    if (call === undefined) return;
    switch (control.action) {
      case "hang-up":
        return call.hangUp();
      case "mute":
        await call.mute(control.on);
        return this.#tell({ muted: control.on });
      case "hold":
        await call.hold(control.on);
        return this.#tell({ held: control.on });
      case "record":
        await call.record({ on: control.on });
        return this.#tell({ recording: control.on });
      case "tones":
        return call.sendDtmf(control.tones);
      case "transfer":
        return call.transfer({ to: control.to, attended: control.attended });
    }
  }

  async #place(client: Client): Promise<NewCall | undefined> {
    const { caller, callee, callerId } = this.#wire;
    try {
      return await client.place({ caller, callee, ...(callerId === undefined ? {} : { callerId }) });
    } catch (error) {
      this.#give(problemOf(error).placed === "no" ? "ended" : "unknown", error);
      return undefined;
    }
  }

  #give(state: "ended" | "unknown", error: unknown): void {
    this.#wire = { ...this.#wire, problem: problemOf(error) };
    this.#add({ state, evidence: "response", at: new Date().toISOString() });
  }

  #add(change: WireChange): void {
    this.#tell({ changes: [...this.#wire.changes, change] });
  }

  #tell(news: Partial<WireCall>): void {
    this.#wire = { ...this.#wire, ...news };
    this.#told(this.#wire);
  }
}

const changeOf = ({ state, evidence, at, end }: CallChange): WireChange => ({
  state,
  evidence,
  at: at.toISOString(),
  end,
});
