import { cancel, confirm, log, password, select, text } from "../terminal/prompts.js";
import { type Asking, Left, type Question } from "./asking.js";

/** Standard output is for results. */
const output = process.stderr;

export function askTerminal(): Asking {
  // Some terminals in containers don't tell their size and would get one letter per line.
  output.columns ||= 80;
  output.rows ||= 24;
  return {
    again: true,
    text: (question) =>
      untilRead(question, ({ message, initial = "" }) => text({ message, initialValue: initial, output })),
    secret: (question) => untilRead(question, ({ message }) => password({ message, output })),
    async choose({ message, choices, initial }) {
      const options = choices.map(({ id, label, unusable }) => ({
        value: id,
        label: `${id}  ${label}`,
        ...(unusable === undefined ? {} : { disabled: true, hint: `not usable: ${unusable}` }),
      }));
      return answered<string>(
        await select({ message, options, initialValue: initial, maxItems: 12, output }),
      );
    },
    confirm: async ({ message }) =>
      answered<boolean>(await confirm({ message, initialValue: false, output })),
    say: (words) => log.info(words, { output }),
    warn: (words) => log.warn(words, { output }),
    close() {},
  };
}

async function untilRead<T>(
  question: Question<T>,
  ask: (question: Question<T>) => Promise<string | symbol>,
): Promise<T> {
  for (let { initial } = question; ; ) {
    // An empty answer is undefined, whatever the types say.
    const answer = (answered(await ask({ ...question, initial })) ?? "").trim();
    const reading = await question.read(answer);
    if (reading.ok) return reading.value;
    log.error(reading.problem, { output });
    initial = answer; // To be mended rather than typed again; a secret isn't shown.
  }
}

/** @throws Left after Ctrl-C or Escape, which come as a symbol */
function answered<T extends string | boolean>(answer: T | symbol): T {
  if (typeof answer !== "symbol") return answer;
  cancel("You left.", { output });
  throw new Left();
}
