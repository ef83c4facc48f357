// Single keys that control a call while it's followed on a terminal.

import { CallError } from "../../call/errors.js";
import type { RequestOptions } from "../../call/telephony.js";
import { limitInWords } from "../../call/text/duration.js";
import type { Call } from "../../client/call.js";
import type { Display } from "./display.js";

const KEYS_HELP = "Keys: m mute · h hold · 0-9 * # tones · x hang up · Ctrl-C leave";
const NOT_YET = "Not yet: that works once somebody has answered.";

/** A human is waiting: if it takes longer, say so. */
const LIMIT_MS = 5_000;
/** Per request; sipgate's limit isn't known. There is a request for each key pressed, so no tone is left over. */
const MOST_TONES = 50;

/** Carries out key presses one after the other and shows the resulting state. Hanging up doesn't wait. */
export class InCallKeys {
  readonly #call: Call;
  readonly #display: Display;
  #isMuted = false;
  #isOnHold = false;
  #isConnected = false;
  #saidNotYet = false;
  #tones = "";
  #work: Promise<void> = Promise.resolve();
  readonly #stopped = new AbortController();

  constructor(call: Call, display: Display) {
    this.#call = call;
    this.#display = display;
  }

  press(key: string): void {
    if (this.#stopped.signal.aborted) return;
    if (/^[0-9*#]$/.test(key)) this.#typeTone(key);
    else if (key === "m") this.#do("mute", (how) => this.#mute(how));
    else if (key === "h") this.#do("put the call on hold", (how) => this.#hold(how));
    else if (key === "x") this.hangUp();
    else if (key === "?" || key === "\r") this.#display.notice(KEYS_HELP);
  }

  /** What the live line shows of the keys. */
  hints(): string {
    return `m ${this.#isMuted ? "unmute" : "mute"}  h ${this.#isOnHold ? "resume" : "hold"}  x hang up  ? more`;
  }

  /** Somebody has answered: from now on sipgate carries out what is asked for. */
  connected(): void {
    this.#isConnected = true;
  }

  hangUp(): void {
    this.#display.notice("Hanging up …");
    void this.#attempt("hang up", (how) => this.#call.hangUp(how));
  }

  /** Drops everything that isn't done yet. */
  stop(): void {
    this.#stopped.abort();
  }

  /** Tones typed while others are being sent go into one request, in order. */
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
      await act({ signal: AbortSignal.any([this.#stopped.signal, AbortSignal.timeout(LIMIT_MS)]) });
      this.#display.marks([...(this.#isMuted ? ["muted"] : []), ...(this.#isOnHold ? ["on hold"] : [])]);
      this.#display.keys(this.hints());
    } catch (error) {
      if (!(error instanceof CallError)) throw error;
      if (this.#stopped.signal.aborted) return;
      // sipgate is asked all the same, because it may know more of the call than can be seen from here.
      const isEarly = error.code === "call-not-found" || error.code === "not-established";
      if (!isEarly || this.#isConnected) this.#display.warning(refusedText(what, error));
      else if (!this.#saidNotYet) this.#display.notice(NOT_YET);
      this.#saidNotYet = true;
    }
  }
}

function refusedText(what: string, error: CallError): string {
  if (error.code === "aborted")
    return `sipgate didn't ${what} within ${limitInWords(LIMIT_MS / 1000)}; it may still do so.`;
  return `${error.message} ${error.remedy}`;
}
