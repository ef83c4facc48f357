import type { CommandErrorCode } from "./json/json-objects.js";

/** The command wasn't carried out, for a reason of the command line's own. Nothing was dialled. */
export class CommandError extends Error {
  readonly code: CommandErrorCode;
  readonly remedy: string;
  readonly placed = "no";

  constructor(code: CommandErrorCode, message: string, remedy: string) {
    super(message);
    this.code = code;
    this.remedy = remedy;
  }
}
