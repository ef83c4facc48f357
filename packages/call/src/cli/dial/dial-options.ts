// dial's options beside those of the call itself, and which contradict each other.
import type { Problem } from "../../call/errors.js";
import { printable } from "../../call/text/printable.js";
import type { Input, OptionSpec } from "../command.js";
import { UsageError, usageProblem } from "../usage-error.js";

export const dialOptionSpecs = {
  preflight: { type: "boolean", description: "check for problems before placing the call (the default)" },
  "no-preflight": { type: "boolean", description: "place the call without checking first" },
  follow: { type: "boolean", description: "follow the call to its end (the default on a terminal)" },
  "no-follow": { type: "boolean", description: "exit as soon as sipgate has accepted the call" },
  "ring-timeout": {
    type: "string",
    placeholder: "SECONDS",
    description: "hang up if nobody answers within this time, such as 30; follows the call",
  },
  "push-listen": {
    type: "string",
    placeholder: "HOST:PORT",
    description:
      "receive sipgate's pushed events here, to see ringing and answering at once; follows the call",
  },
  "push-url": {
    type: "string",
    placeholder: "URL",
    description: "https URL at which sipgate reaches --push-listen: the account's outgoing webhook URL",
  },
  "push-key": {
    type: "string",
    placeholder: "FILE",
    description:
      "PEM file with the public key that verifies the events, for a sandbox (default: sipgate's key)",
  },
  key: {
    type: "string",
    placeholder: "KEY",
    description: "idempotency key: used again, it rings nobody and shows the first call",
  },
  yes: { type: "boolean", description: "place the call even if the same call was placed just now" },
  "search-for": {
    type: "string",
    placeholder: "SECONDS",
    description: "how long to search for the call if the response was lost (default: 15; 0 = off)",
  },
  "sandbox-if-no-credentials": {
    type: "boolean",
    description:
      "with neither credentials nor a callee, use the embedded sandbox (the default on a terminal)",
  },
  "dry-run": { type: "boolean", description: "show the request without credentials, and dial nothing" },
} as const satisfies Record<string, OptionSpec>;

export interface DialOptions {
  readonly preflight: boolean;
  readonly follows: boolean;
  /** Seconds. */
  readonly ringTimeout: number | undefined;
  readonly listensForPushes: boolean;
  readonly isDryRun: boolean;
  readonly key: string | undefined;
  /** Whether to place a call that was placed seconds ago. */
  readonly allowRepeat: boolean;
  /** Milliseconds. */
  readonly searchForMs: number | undefined;
}

/** @throws UsageError naming everything that's wrong */
export function readDialOptions(input: Input): DialOptions {
  const problems = contradictions(input);
  const seconds = (option: string, least: number) => {
    const value = secondsOf(input, option, least);
    if (typeof value !== "object") return value;
    problems.push(value);
    return undefined;
  };
  const ringTimeout = seconds("ring-timeout", 1);
  const searchForMs = seconds("search-for", 0);
  if (problems.length > 0) throw new UsageError(problems);
  const needsFollowing = NEED_FOLLOWING.some((option) => input.text(option) !== undefined);
  return {
    preflight: !input.flag("no-preflight"),
    follows: !input.flag("no-follow") && (input.flag("follow") || needsFollowing || process.stdout.isTTY),
    ringTimeout,
    listensForPushes: input.text("push-listen") !== undefined,
    isDryRun: input.flag("dry-run"),
    key: input.text("key"),
    allowRepeat: input.flag("yes"),
    searchForMs: searchForMs === undefined ? undefined : searchForMs * 1000,
  };
}

const NEED_FOLLOWING = ["ring-timeout", "push-listen"];

function contradictions(input: Input): Problem[] {
  const following = NEED_FOLLOWING.filter((option) => input.text(option) !== undefined);
  const against = ["no-follow", "dry-run"].filter((option) => input.flag(option));
  const problems = following.flatMap((option) =>
    against.map((other) =>
      usageProblem(`--${option}`, `It follows the call, and --${other} doesn't.`, "Leave one of them out."),
    ),
  );
  for (const option of ["push-url", "push-key"]) {
    if (input.text(option) !== undefined && input.text("push-listen") === undefined) {
      problems.push(
        usageProblem(`--${option}`, "It needs --push-listen.", "Add --push-listen 127.0.0.1:PORT."),
      );
    }
  }
  return problems;
}

/** The seconds in an option such as `30` or `30s`, or what's wrong with it. */
function secondsOf(input: Input, option: string, least: number): number | undefined | Problem {
  const text = input.text(option);
  if (text === undefined) return undefined;
  const seconds = /^(\d{1,4})s?$/.exec(text)?.[1];
  if (seconds !== undefined && Number(seconds) >= least) return Number(seconds);
  return usageProblem(
    `--${option}`,
    `"${printable(text)}" isn't a number of seconds.`,
    "Write it like 30 or 30s.",
  );
}
