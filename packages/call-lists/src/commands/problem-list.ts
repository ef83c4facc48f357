import type { ImportProblem } from "../import/judge-contact-row.js";
import type { Terminal } from "./terminal.js";

const MOST_SHOWN = 50;

export interface ProblemList {
  add(problem: ImportProblem): void;
  /** Says how many more there are. */
  end(): void;
}

/** Rows that aren't imported. A person sees the first ones; programs get all. */
export function createProblemList(terminal: Terminal): ProblemList {
  let count = 0;
  return {
    add({ line, code, message }) {
      count += 1;
      if (terminal.isJson) terminal.show("", { type: "import-problem", line, code, message });
      else if (count <= MOST_SHOWN) terminal.note(`Line ${line}: ${message}`);
    },
    end() {
      const more = count - MOST_SHOWN;
      if (!terminal.isJson && more > 0) terminal.note(`… and ${more} more. --json shows all.`);
    },
  };
}
