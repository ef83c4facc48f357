// The response from a browser that can't reach this machine: the user pastes it, or it's piped in.
import { createInterface } from "node:readline";

export interface PastedAnswer {
  /** The query of the pasted address; pending until there is one. */
  readonly answer: Promise<URLSearchParams>;
  close(): void;
}

/**
 * @param state of this attempt, in case only the code is pasted
 * @param complain called if something else is pasted
 */
export function readPastedAnswer(state: string, complain: (text: string) => void): PastedAnswer {
  const lines = createInterface({ input: process.stdin });
  const answer = new Promise<URLSearchParams>((resolve) => {
    lines.on("line", (line) => {
      const text = line.trim();
      const query = queryOf(text, state);
      if (query?.get("state") === state) resolve(query);
      else if (query !== undefined) complain("That address belongs to another attempt to sign in.");
      else if (text !== "") complain("That's neither the address that the browser ended at nor a code.");
    });
  });
  return {
    answer,
    close() {
      lines.close();
      process.stdin.destroy(); // A pipe that stays open would keep the program running.
    },
  };
}

function queryOf(text: string, state: string): URLSearchParams | undefined {
  if (/^[\w.~-]{8,}$/.test(text)) return new URLSearchParams({ code: text, state });
  // As a terminal, a chat or a page's source shows it: in quotes or angle brackets, with its ampersands escaped.
  const address = text
    .replace(/^["'<]/, "")
    .replace(/["'>]$/, "")
    .replaceAll("&amp;", "&");
  const [, query] = /^[^?\s]*\?([^#\s]*)/.exec(address) ?? [];
  const parameters = new URLSearchParams(query);
  return parameters.has("code") || parameters.has("error") ? parameters : undefined;
}
