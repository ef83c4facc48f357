import type { WireListContact, WireListProblem, WireReason } from "../../wire/wire.js";
import { callListWords } from "../words/call-list-words.js";
import { language, words } from "../words/words.js";

export const momentText = (at: string): string =>
  new Date(at).toLocaleString(language.value, { dateStyle: "medium", timeStyle: "short" });

export const contactName = ({ name, company }: WireListContact): string =>
  name ?? company ?? callListWords.value.withoutName;

/** What the server names by a word that isn't known here is told in its own words. */
const wordFor = (table: Readonly<Record<string, string>>, name: string, otherwise: string): string =>
  table[name] ?? otherwise;

export const reasonText = ({ rule, message }: WireReason): string =>
  wordFor(callListWords.value.reasons, rule, message);

export function causeWord(cause: string): string {
  const callLists = callListWords.value;
  const { ends } = words.value;
  if (cause === "running") return callLists.isRunning;
  return Object.entries(ends).find(([name]) => name === cause)?.[1].word ?? cause;
}

export function problemText({ code, message, remedy }: WireListProblem): string {
  const callLists = callListWords.value;
  const { problems } = words.value;
  const known = { ...problems, ...callLists.reasons, ...callLists.problems, neo: callLists.neo };
  return wordFor(known, code, `${message} ${remedy}`);
}
