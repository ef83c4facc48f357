// Ctrl-C while a call is followed: asks, where there is somebody to ask, whether to hang up.

import { CTRL_C, type Keyboard, openKeyboard } from "../terminal/keyboard.js";
import type { Display } from "./display.js";
import type { InCallKeys } from "./in-call-keys.js";

export interface Interrupt {
  /** Aborts once nobody wants to follow any more. The call goes on then. */
  readonly signal: AbortSignal;
  /** Gives keyboard and signals back. */
  stop(): void;
}

/** @param afterwards what is said to somebody who leaves */
export function watchForInterrupt(keys: InCallKeys, display: Display, afterwards: string): Interrupt {
  const leaving = new AbortController();
  let isAsking = false;
  const leave = () => {
    if (leaving.signal.aborted) return;
    keys.stop();
    display.pause();
    if (isAsking) process.stderr.write("\n");
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
    process.stderr.write("Hang up? y: hang up · n: let the call go on without me · any other key: stay ");
    const key = await from.next();
    isAsking = false;
    process.stderr.write("\n");
    if (key === CTRL_C || /^n$/i.test(key)) leave();
    else {
      if (/^y$/i.test(key)) keys.hangUp();
      display.resume();
    }
  };
  const keyboard = display.isLive
    ? openKeyboard((key) => (key === CTRL_C ? interrupt() : keys.press(key)))
    : undefined;
  for (const signal of SIGNALS) process.removeAllListeners(signal);
  process.on("SIGINT", interrupt);
  for (const signal of ["SIGTERM", "SIGHUP", "SIGQUIT"]) process.on(signal, leave);
  return {
    signal: leaving.signal,
    stop() {
      keys.stop();
      keyboard?.close();
      if (isAsking) process.stderr.write("\n");
      for (const signal of SIGNALS) process.removeAllListeners(signal);
    },
  };
}

const SIGNALS = ["SIGINT", "SIGTERM", "SIGHUP", "SIGQUIT"] as const;
