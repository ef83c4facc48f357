// What single keys do while a call is followed on a terminal.
import { CallError } from "../call/errors.js";
import type { Call } from "../sipgate/call.js";
import type { Display } from "./display.js";

export const KEYS_HELP = "Keys: m mute · h hold · 0-9 * # tones · x hang up · Ctrl-C leave";

/** Does what keys ask for, one after the other, and shows what holds then. */
export class InCallKeys {
  readonly #call: Call;
  readonly #display: Display;
  #isMuted = false;
  #isOnHold = false;
  #tones = "";
  #work: Promise<void> = Promise.resolve();

  constructor(call: Call, display: Display) {
    this.#call = call;
    this.#display = display;
  }

  press(key: string): void {
    if (/^[0-9*#]$/.test(key)) this.#typeTone(key);
    else if (key === "m") this.#do("mute", () => this.#mute());
    else if (key === "h") this.#do("put the call on hold", () => this.#hold());
    else if (key === "x") this.hangUp();
    else if (key === "?" || key === "\r") this.#display.notice(KEYS_HELP);
  }

  hangUp(): void {
    this.#do("hang up", () => this.#call.hangUp());
  }

  /** Tones that are typed while others are on their way go together, in their order. */
  #typeTone(key: string): void {
    this.#tones += key;
    this.#do("send the tones", async () => {
      const tones = this.#tones;
      this.#tones = "";
      if (tones === "") return;
      await this.#call.sendDtmf(tones);
      this.#display.notice(`Sent ${tones}`);
    });
  }

  async #mute(): Promise<void> {
    await this.#call.mute(!this.#isMuted);
    this.#isMuted = !this.#isMuted;
  }

  async #hold(): Promise<void> {
    await this.#call.hold(!this.#isOnHold);
    this.#isOnHold = !this.#isOnHold;
  }

  #do(what: string, act: () => Promise<void>): void {
    this.#work = this.#work.then(async () => {
      try {
        await act();
        this.#display.marks([...(this.#isMuted ? ["muted"] : []), ...(this.#isOnHold ? ["on hold"] : [])]);
      } catch (error) {
        if (!(error instanceof CallError)) throw error;
        this.#display.warning(`sipgate didn't ${what}. ${error.message} ${error.remedy}`);
      }
    });
  }
}
