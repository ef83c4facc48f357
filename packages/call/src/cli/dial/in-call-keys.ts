// What single keys do while a call is followed on a terminal.
import { CallError } from "../../call/errors.js";
import type { RequestOptions } from "../../call/telephony.js";
import type { Call } from "../../client/call.js";
import type { Display } from "./display.js";

export const KEYS_HELP = "Keys: m mute · h hold · 0-9 * # tones · x hang up · Ctrl-C leave";

// Milliseconds. Whoever pressed a key looks on: what takes longer has to be told.
const LIMIT = 5_000;
/** For one request; how many sipgate takes isn't known. Each key that was pressed makes one, so that none is left. */
const MOST_TONES = 50;

/** Does what keys ask for, one after the other, and shows what holds then. Hanging up waits for nothing. */
export class InCallKeys {
  readonly #call: Call;
  readonly #display: Display;
  #isMuted = false;
  #isOnHold = false;
  #tones = "";
  #work: Promise<void> = Promise.resolve();
  readonly #stopped = new AbortController();

  constructor(call: Call, display: Display) {
    this.#call = call;
    this.#display = display;
  }

  press(key: string): void {
    if (/^[0-9*#]$/.test(key)) this.#typeTone(key);
    else if (key === "m") this.#do("mute", (how) => this.#mute(how));
    else if (key === "h") this.#do("put the call on hold", (how) => this.#hold(how));
    else if (key === "x") this.hangUp();
    else if (key === "?" || key === "\r") this.#display.notice(KEYS_HELP);
  }

  hangUp(): void {
    void this.#attempt("hang up", (how) => this.#call.hangUp(how));
  }

  /** Nothing that was asked for and isn't done yet will be. */
  stop(): void {
    this.#stopped.abort();
  }

  /** Tones that are typed while others are on their way go together, in their order. */
  #typeTone(key: string): void {
    this.#tones += key;
    this.#do("send the tones", async (how) => {
      const tones = this.#tones.slice(0, MOST_TONES);
      this.#tones = this.#tones.slice(MOST_TONES);
      if (tones === "") return;
      await this.#call.sendDtmf(tones, how);
      this.#display.notice(`Sent ${tones}`);
    });
  }

  async #mute(how: RequestOptions): Promise<void> {
    await this.#call.mute(!this.#isMuted, how);
    this.#isMuted = !this.#isMuted;
  }

  async #hold(how: RequestOptions): Promise<void> {
    await this.#call.hold(!this.#isOnHold, how);
    this.#isOnHold = !this.#isOnHold;
  }

  #do(what: string, act: (how: RequestOptions) => Promise<void>): void {
    this.#work = this.#work.then(() => this.#attempt(what, act));
  }

  async #attempt(what: string, act: (how: RequestOptions) => Promise<void>): Promise<void> {
    if (this.#stopped.signal.aborted) return;
    try {
      await act({ signal: AbortSignal.any([this.#stopped.signal, AbortSignal.timeout(LIMIT)]) });
      this.#display.marks([...(this.#isMuted ? ["muted"] : []), ...(this.#isOnHold ? ["on hold"] : [])]);
    } catch (error) {
      if (!(error instanceof CallError)) throw error;
      if (!this.#stopped.signal.aborted) this.#display.warning(refusedText(what, error));
    }
  }
}

function refusedText(what: string, error: CallError): string {
  if (error.code === "aborted") return `sipgate didn't ${what} within ${LIMIT / 1000} s; it may still do so.`;
  return `sipgate didn't ${what}. ${error.message} ${error.remedy}`;
}
