// The calls that this process follows: in the background: the next call may be placed once their end is known.
import { type Call, type CallChange, type Client, isCallError } from "sipgate-call";

/** What is known of a call so far. */
export interface FollowedCall {
  readonly callId: string;
  /** In the order in which they became known. */
  readonly changes: readonly CallChange[];
  /** Whether nothing more will become known. */
  readonly isOver: boolean;
  /** Why it can't be followed. */
  readonly error?: Error | undefined;
}

export interface FollowedCalls {
  /** Follows a call that was just placed. */
  begin(call: Call): void;
  /**
   * Waits until the call is over, the time is, or nobody waits any more; at least until something is known.
   *
   * @param onChange is told each change
   */
  wait(client: Client, callId: string, options: WaitOptions): Promise<FollowedCall>;
}

export interface WaitOptions {
  readonly waitMs: number;
  readonly signal: AbortSignal;
  onChange(change: CallChange): void;
}

interface Entry {
  readonly callId: string;
  readonly changes: CallChange[];
  isOver: boolean;
  error?: Error;
  readonly wake: Set<() => void>;
}

const KEPT = 200;
/** How long to wait for the first sight of a call. */
const FIRST_MS = 5_000;
/** A call of which nothing is seen for so long is given up, and followed anew if it's asked for. */
const GIVE_UP_MS = 60_000;

/** @param onEnd is told the last change of each call, and doesn't throw */
export function createFollowedCalls(onEnd: (callId: string, last: CallChange) => void): FollowedCalls {
  const entries = new Map<string, Entry>();

  const follow = (call: Call, giveUpAfterMs?: number): Entry => {
    const entry: Entry = { callId: call.callId, changes: [], isOver: false, wake: new Set() };
    entries.delete(call.callId);
    entries.set(call.callId, entry);
    for (const [callId, { isOver }] of entries) if (entries.size > KEPT && isOver) entries.delete(callId);
    const wake = () => {
      for (const waiting of entry.wake) waiting();
    };
    const run = async () => {
      for await (const change of call.follow(giveUpAfterMs === undefined ? {} : { giveUpAfterMs })) {
        entry.changes.push(change);
        if (change.state === "ended") onEnd(call.callId, change);
        wake();
      }
    };
    run()
      .catch((error: unknown) => {
        entry.error = isCallError(error) ? error : new Error("The call can't be followed.");
      })
      .finally(() => {
        entry.isOver = true;
        wake();
      });
    return entry;
  };

  /** A call that was given up is looked at again. */
  const entryOf = (client: Client, callId: string): Entry => {
    const known = entries.get(callId);
    const isFinal = known?.changes.at(-1)?.state === "ended";
    if (known !== undefined && (isFinal || !known.isOver)) return known;
    return follow(client.call(callId), GIVE_UP_MS);
  };

  return {
    begin: (call) => void follow(call),
    async wait(client, callId, { waitMs, signal, onChange }) {
      const entry = entryOf(client, callId);
      const begun = Date.now();
      let told = entry.changes.length;
      for (;;) {
        for (; told < entry.changes.length; told += 1) {
          const change = entry.changes[told];
          if (change !== undefined) onChange(change);
        }
        const until = entry.changes.length === 0 ? Math.max(waitMs, FIRST_MS) : waitMs;
        const left = begun + until - Date.now();
        if (entry.isOver || left <= 0 || signal.aborted) return { ...entry, changes: [...entry.changes] };
        await woken(entry, left, signal);
      }
    },
  };
}

function woken(entry: Entry, milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const wake = () => {
      clearTimeout(timer);
      entry.wake.delete(wake);
      signal.removeEventListener("abort", wake);
      resolve();
    };
    const timer = setTimeout(wake, milliseconds);
    entry.wake.add(wake);
    signal.addEventListener("abort", wake);
  });
}
