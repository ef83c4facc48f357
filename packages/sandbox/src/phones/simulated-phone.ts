import type { CancelTimer, Clock } from "../clock.js";
import type { PhoneBehaviour } from "./behaviour.js";
import type { Audio } from "./media.js";
import type { IncomingCall, Phone, PhoneCall, Report } from "./phone.js";

/** A phone that follows a script on the sandbox's clock. What is said to it makes no difference to it. */
export class SimulatedPhone implements Phone {
  readonly id: string;
  readonly isRegistered = false;
  readonly #behaviour: PhoneBehaviour;
  readonly #clock: Clock;

  constructor(id: string, behaviour: PhoneBehaviour, clock: Clock) {
    this.id = id;
    this.#behaviour = behaviour;
    this.#clock = clock;
  }

  ring(_call: IncomingCall, report: Report): PhoneCall {
    return new SimulatedCall(this.#behaviour, this.#clock, report);
  }
}

class SimulatedCall implements PhoneCall {
  readonly audio: Audio;
  readonly #behaviour: PhoneBehaviour;
  readonly #clock: Clock;
  readonly #report: Report;
  /** Cancels the next step of the script. */
  #cancelNext: CancelTimer | undefined;

  constructor(behaviour: PhoneBehaviour, clock: Clock, report: Report) {
    this.#behaviour = behaviour;
    this.#clock = clock;
    this.#report = report;
    this.audio = { source: behaviour.kind === "answers" && behaviour.echoes === true ? "echo" : "voice" };
    this.#next(0, () => this.#begin());
  }

  connected(): void {
    if (this.#behaviour.kind !== "answers" || this.#behaviour.hangsUpAfterMs === undefined) return;
    this.#next(this.#behaviour.hangsUpAfterMs, () => this.#report({ kind: "hungUp" }));
  }

  cancel(): void {
    this.#stop();
  }

  hangUp(): void {
    this.#stop();
  }

  ringback(): void {}

  hold(): void {}

  movedTo(): void {}

  mute(): void {}

  dtmf(): void {}

  #begin(): void {
    const behaviour = this.#behaviour;
    switch (behaviour.kind) {
      case "answers":
        this.#report({ kind: "ringing" });
        this.#next(behaviour.afterMs, () => this.#report({ kind: "answered" }));
        break;
      case "rings":
        this.#report({ kind: "ringing" });
        break;
      case "declines":
        if (behaviour.ringsMs > 0) this.#report({ kind: "ringing" });
        this.#next(behaviour.ringsMs, () => this.#report({ kind: "declined", end: behaviour.end }));
        break;
      case "offline":
        this.#report({ kind: "gone" });
        break;
      case "silent":
    }
  }

  /** There is at most one next step. */
  #next(delayMs: number, step: () => void): void {
    this.#stop();
    this.#cancelNext = this.#clock.after(delayMs, () => {
      this.#cancelNext = undefined;
      step();
    });
  }

  #stop(): void {
    this.#cancelNext?.();
    this.#cancelNext = undefined;
  }
}
