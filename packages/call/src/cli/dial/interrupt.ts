// Ctrl-C while a call is followed: on a terminal, asks whether to hang up.
import { CTRL_C, type Keyboard, openKeyboard } from "../terminal/keyboard.js";
import { writeErr } from "../terminal/standard-streams.js";
import type { Display } from "./display.js";
import type { InCallKeys } from "./in-call-keys.js";

export interface Interrupt {
  /** Aborts when the user leaves. The call goes on. */
  readonly signal: AbortSignal;
  /** Whether single keys are read. */
  readonly hasKeys: boolean;
  /** The call is over: keys do nothing any more, and Ctrl-C is a signal again. */
  callIsOver(): void;
  /** Releases the keyboard. Until then what is typed doesn't go to the shell. */
  close(): void;
}

/** @param afterwards shown when the user leaves */
export function watchForInterrupt(keys: InCallKeys, display: Display, afterwards: string): Interrupt {
  const leaving = new AbortController();
  let isAsking = false;
  let isOver = false;
  const leave = () => {
    if (leaving.signal.aborted) return;
    keys.stop();
    display.pause();
    if (isAsking) writeErr("\n");
    isAsking = false;
    display.notice(afterwards);
    leaving.abort();
  };
  const interrupt = () => {
    if (isAsking || keyboard === undefined) leave();
    else void ask(keyboard);
  };
  const ask = async (from: Keyboard) => {
    isAsking = true;
    display.pause();
    writeErr("Hang up? y: hang up · n: leave, and let the call go on · any other key: stay ");
    const key = await from.next();
    if (isOver) return;
    isAsking = false;
    writeErr("\n");
    if (key === CTRL_C || /^n$/i.test(key)) leave();
    else {
      if (/^y$/i.test(key)) keys.hangUp();
      display.resume();
    }
  };
  const keyboard = display.isLive
    ? openKeyboard((key) => {
        if (key !== CTRL_C) keys.press(key);
        else if (isOver) process.kill(process.pid, "SIGINT");
        else interrupt();
      })
    : undefined;
  for (const signal of SIGNALS) process.removeAllListeners(signal);
  process.on("SIGINT", interrupt);
  for (const signal of ["SIGTERM", "SIGHUP", "SIGQUIT"]) process.on(signal, leave);
  return {
    signal: leaving.signal,
    hasKeys: keyboard !== undefined,
    callIsOver() {
      keys.stop();
      isOver = true;
      if (isAsking) writeErr("\n");
      for (const signal of SIGNALS) process.removeAllListeners(signal);
    },
    close: () => keyboard?.close(),
  };
}

const SIGNALS = ["SIGINT", "SIGTERM", "SIGHUP", "SIGQUIT"] as const;
