// dial, after sipgate has taken the order: follows the call, shows it, and tells how it ended.
import { createInterface } from "node:readline/promises";
import type { CallChange } from "../call/call-state.js";
import { CallError } from "../call/errors.js";
import type { Call } from "../sipgate/client.js";
import { EXIT, type ExitCode } from "./exit-codes.js";
import { LiveLine } from "./live-line.js";
import { outcomeOf, type Parties, stateInWords } from "./outcome.js";
import type { Output } from "./output.js";

/**
 * Follows a call to its end.
 *
 * @param ringTimeout seconds after which a call that nobody answered is hung up
 * @param isConnected looks once more, right before that
 * @returns an exit code that tells how the call ended
 */
export async function followToTheEnd(
  call: Call,
  parties: Parties,
  output: Output,
  ringTimeout: number | undefined,
  isConnected: () => Promise<boolean>,
): Promise<ExitCode> {
  const display = displayFor(parties, output);
  const leaving = new AbortController();
  const interrupts = listenForInterrupts(call, display, output, leaving);
  const ringing =
    ringTimeout === undefined ? undefined : hangUpAfter(ringTimeout, call, display, output, isConnected);
  let last: CallChange | undefined;
  try {
    for await (const change of call.follow({ signal: leaving.signal })) {
      last = change;
      if (change.state === "connected") clearTimeout(ringing);
      display.change(change);
    }
  } finally {
    clearTimeout(ringing);
    interrupts.stop();
    display.end();
  }
  if (ringTimeout !== undefined && last?.state === "unknown") {
    output.warning("The ring timeout wasn't kept, since the call can't be followed: it may still ring.");
  }
  if (leaving.signal.aborted) return EXIT.outcomeUnknown;
  const { exit, text } = outcomeOf(last);
  output.line(text);
  return exit;
}

interface Display {
  change(change: CallChange): void;
  /** Takes the live line away, so that something else can be written. */
  pause(): void;
  end(): void;
}

/** A live line on a terminal, else a line or an object for each change. */
function displayFor(parties: Parties, output: Output): Display {
  const notes = new Set<string>();
  const tellNotes = (change: CallChange) => {
    for (const note of change.notes.filter((text) => !notes.has(text))) output.warning(note);
    for (const note of change.notes) notes.add(note);
  };
  if (output.json || !process.stdout.isTTY || !process.stderr.isTTY) {
    return {
      change(change) {
        output.object(change);
        output.line(`${change.at.toISOString()}  ${stateInWords(change.state, parties)}`);
        tellNotes(change);
      },
      pause() {},
      end() {},
    };
  }
  const live = new LiveLine(process.stderr);
  let isPaused = false;
  return {
    change(change) {
      live.clear();
      tellNotes(change);
      if (!isPaused) live.show(stateInWords(change.state, parties));
    },
    pause() {
      isPaused = true; // A question may stand there now.
      live.clear();
    },
    end: () => live.clear(),
  };
}

function hangUpAfter(
  seconds: number,
  call: Call,
  display: Display,
  output: Output,
  isConnected: () => Promise<boolean>,
): NodeJS.Timeout {
  const hangUpUnanswered = async () => {
    if (await isConnected()) return; // Answered since the follower looked last.
    display.pause();
    output.notice(`Nobody answered within ${seconds} s: hanging up.`);
    await hangUp(call, output);
  };
  return setTimeout(() => void hangUpUnanswered(), seconds * 1000);
}

async function hangUp(call: Call, output: Output): Promise<void> {
  try {
    await call.hangUp();
  } catch (error) {
    if (!(error instanceof CallError)) throw error;
    output.warning(`sipgate didn't hang up, so the call goes on. ${error.message} ${error.remedy}`);
  }
}

/** Ctrl-C asks, where there is somebody to ask, whether to hang up; a second one leaves at once. */
function listenForInterrupts(
  call: Call,
  display: Display,
  output: Output,
  leaving: AbortController,
): { stop(): void } {
  const asking = new AbortController();
  let asked = false;
  const leave = () => {
    display.pause();
    output.notice("The call goes on; it is no longer followed. End it with: sipgate-call hangup");
    leaving.abort();
  };
  const ask = async () => {
    asked = true;
    display.pause();
    const answer = await answerTo("Hang up the call? [y/N] ", asking.signal);
    if (answer === undefined) return; // The call ended meanwhile.
    if (/^y(?:es)?$/i.test(answer.trim())) await hangUp(call, output);
    else leave();
  };
  const onInterrupt = () => {
    if (asked || !process.stdin.isTTY || !process.stderr.isTTY) leave();
    else void ask();
  };
  process.removeAllListeners("SIGINT");
  process.removeAllListeners("SIGTERM");
  process.on("SIGINT", onInterrupt);
  return {
    stop() {
      asking.abort();
      process.removeListener("SIGINT", onInterrupt);
    },
  };
}

/** What somebody answers; empty for another Ctrl-C, undefined once `signal` aborts. */
async function answerTo(question: string, signal: AbortSignal): Promise<string | undefined> {
  const prompt = createInterface({ input: process.stdin, output: process.stderr });
  const interrupted = new Promise<string>((resolve) => prompt.once("SIGINT", () => resolve("")));
  try {
    return await Promise.race([prompt.question(question, { signal }), interrupted]);
  } catch {
    process.stderr.write("\n");
    return undefined;
  } finally {
    prompt.close();
  }
}
