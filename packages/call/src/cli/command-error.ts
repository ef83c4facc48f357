import type { CommandErrorCode } from "./json/json-objects.js";

/** What went wrong for a reason of the command line's own. */
export class CommandError extends Error {
  readonly code: CommandErrorCode;
  readonly remedy: string;
  readonly placed: "no" | "yes";

  constructor(code: CommandErrorCode, message: string, remedy: string, placed: "no" | "yes" = "no") {
    super(message);
    this.code = code;
    this.remedy = remedy;
    this.placed = placed;
  }
}
