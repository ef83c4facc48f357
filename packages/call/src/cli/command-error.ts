import type { CommandErrorCode, JsonContactEntry } from "./json/json-objects.js";

/** The command wasn't carried out, for a reason of the command line's own. Nothing was dialled. */
export class CommandError extends Error {
  readonly code: CommandErrorCode;
  readonly remedy: string;
  readonly placed = "no";
  /** The contacts that may be meant. */
  readonly candidates: readonly JsonContactEntry[] | undefined;

  constructor(
    code: CommandErrorCode,
    message: string,
    remedy: string,
    candidates?: readonly JsonContactEntry[],
  ) {
    super(message);
    this.code = code;
    this.remedy = remedy;
    this.candidates = candidates;
  }
}
