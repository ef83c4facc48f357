// Reads one answer per line, in the order of the questions. An answer is never repeated in a message: if lines are
// shifted, any of them may be the token.
import { createInterface } from "node:readline";
import type { Output } from "../terminal/output.js";
import { UsageError, usageProblem } from "../usage-error.js";
import { type Asking, nobodyAnswers, type Question, type Selection } from "./asking.js";

export function askPipe(output: Output): Asking {
  const prompt = createInterface({ input: process.stdin, crlfDelay: Number.POSITIVE_INFINITY });
  const lines = prompt[Symbol.asyncIterator]();
  let count = 0;

  async function answer(message: string, optional = false): Promise<string> {
    output.notice(`${message}:`);
    const { done, value } = await lines.next();
    count += 1;
    if (done !== true) return value.trim();
    if (count === 1) throw nobodyAnswers();
    if (optional) return "";
    throw wrong(message, "The answers end before this one.", "Pipe one answer per line.");
  }

  async function text<T>({ message, initial, optional, read }: Question<T>): Promise<T> {
    const hint = initial === undefined || initial === "" ? "" : ` [${initial}]`;
    const reading = await read((await answer(`${message}${hint}`, optional)) || (initial ?? ""));
    if (reading.ok) return reading.value;
    throw wrong(message, `Answer ${count} isn't valid.`, reading.problem);
  }

  return {
    again: false,
    text,
    secret: text,
    async choose({ message, choices, initial, optional }: Selection) {
      for (const [index, { id, label, unusable }] of choices.entries())
        output.notice(
          `  ${index + 1}  ${id}  ${label}${unusable === undefined ? "" : ` (not usable: ${unusable})`}`,
        );
      const given = (await answer(`${message} [${initial}]`, optional)) || initial;
      const chosen = choices.find(({ id }, index) => given === id || given === String(index + 1));
      const remedy = `Answer with 1 to ${choices.length}, or one of ${choices.map(({ id }) => id).join(", ")}.`;
      if (chosen === undefined) throw wrong(message, `Answer ${count} isn't one of the choices.`, remedy);
      if (chosen.unusable !== undefined)
        throw wrong(message, `${chosen.id} isn't usable: ${chosen.unusable}.`, remedy);
      return chosen.id;
    },
    async confirm({ message, optional }) {
      const given = await answer(`${message} [y/N]`, optional);
      if (/^(?:y|yes)$/i.test(given)) return true;
      if (/^(?:|n|no)$/i.test(given)) return false;
      throw wrong(message, `Answer ${count} is neither yes nor no.`, "Answer with y or n.");
    },
    say: (words) => output.notice(words),
    warn: (words) => output.warning(words),
    close: () => prompt.close(),
  };
}

function wrong(field: string, message: string, remedy: string): UsageError {
  return new UsageError([usageProblem(field, `${message} Nothing was written.`, remedy)]);
}
