import type { CommandErrorCode, JsonContactEntry } from "./json/json-objects.js";

interface Details {
  /** Default: no. */
  readonly placed?: "no" | "yes";
  readonly candidates?: readonly JsonContactEntry[];
}

/** What went wrong for a reason of the command line's own. */
export class CommandError extends Error {
  readonly code: CommandErrorCode;
  readonly remedy: string;
  readonly placed: "no" | "yes";
  /** The contacts that may be meant. */
  readonly candidates: readonly JsonContactEntry[] | undefined;

  constructor(
    code: CommandErrorCode,
    message: string,
    remedy: string,
    { placed = "no", candidates }: Details = {},
  ) {
    super(message);
    this.code = code;
    this.remedy = remedy;
    this.placed = placed;
    this.candidates = candidates;
  }
}
