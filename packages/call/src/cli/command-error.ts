import type { CommandErrorCode, JsonContactEntry, JsonRunningCall } from "./json/json-objects.js";

interface Details {
  /** Default: no. */
  readonly placed?: "no" | "yes";
  readonly candidates?: readonly JsonContactEntry[];
  readonly calls?: readonly JsonRunningCall[];
}

/** What went wrong for a reason of the command line's own. */
export class CommandError extends Error {
  readonly code: CommandErrorCode;
  readonly remedy: string;
  readonly placed: "no" | "yes";
  /** The contacts that may be meant. */
  readonly candidates: readonly JsonContactEntry[] | undefined;
  /** The running calls, of which one has to be named. */
  readonly calls: readonly JsonRunningCall[] | undefined;

  constructor(
    code: CommandErrorCode,
    message: string,
    remedy: string,
    { placed = "no", candidates, calls }: Details = {},
  ) {
    super(message);
    this.code = code;
    this.remedy = remedy;
    this.placed = placed;
    this.candidates = candidates;
    this.calls = calls;
  }
}
