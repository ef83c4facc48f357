// The rules of the tools: those of calls, and how a person says yes. A person writes them into a file.
import { lstatSync, readFileSync } from "node:fs";
import { InvalidSettingsError } from "sipgate-call";
import { codeOf } from "./files/private-files.js";
import { isTexts, patterns, problemOf, RULE_NAMES, type Rules, ruleProblems } from "./rules/rules.js";

/** How a person may be asked: by the program that uses the tools, or by a page in the browser. */
export type AskBy = "client" | "page";

export interface ServerRules {
  readonly calls: Rules;
  /** Numbers, written like those of `allow`, to which a person has said yes beforehand. */
  readonly yesTo: readonly string[];
  readonly askBy: readonly AskBy[];
}

const SERVER_NAMES = ["yesTo", "askBy"];

/** Where the rules are. */
export interface RulesFile {
  readonly path: string;
  /** Whether the person has named it: then it has to be there. */
  readonly isNamed: boolean;
}

/**
 * Reads the file anew each time: what a person changes holds at once.
 *
 * @throws InvalidSettingsError if it can't be read or is wrong: then nothing is allowed
 */
export function readServerRules(file: RulesFile, askByDefault: readonly AskBy[]): ServerRules {
  const content = readRules(file);
  const problems = ruleProblems(content, [...RULE_NAMES, ...SERVER_NAMES]);
  if (problems.length > 0) throw new InvalidSettingsError(problems);
  const { yesTo = [], askBy = askByDefault, ...calls } = content as Record<string, unknown>;
  const wrong = patterns(yesTo);
  if (wrong !== undefined) throw new InvalidSettingsError([problemOf("yesTo", wrong)]);
  if (!isTexts(yesTo) || !isAskBy(askBy))
    throw new InvalidSettingsError([problemOf("askBy", 'It isn\'t a list of "client" and "page".')]);
  return { calls, yesTo, askBy };
}

function readRules({ path, isNamed }: RulesFile): unknown {
  try {
    // Some editors begin a file with a byte order mark.
    return JSON.parse(readFileSync(path, "utf8").replace(/^\ufeff/, ""));
  } catch (error) {
    // A link that leads nowhere stands for rules that are missing.
    const isThere = lstatSync(path, { throwIfNoEntry: false }) !== undefined;
    if (codeOf(error) === "ENOENT" && !isNamed && !isThere) return {};
    const message =
      error instanceof SyntaxError ? `${path} isn't JSON.` : `${path} can't be read (${codeOf(error)}).`;
    throw new InvalidSettingsError([problemOf("rules", message)], error);
  }
}

function isAskBy(value: unknown): value is readonly AskBy[] {
  return isTexts(value) && value.every((way) => way === "client" || way === "page");
}
