// What tools answer: a sentence, and the same as data that a program can check against the tool's schema.
import type { CallToolResult } from "@modelcontextprotocol/server";
import { type AnyCallError, isCallError } from "sipgate-call";
import { codeOf } from "../files/private-files.js";
import type { Attempt } from "../plans/plan.js";
import { DATA_NOTE, printable, printableDeep } from "../text.js";

export interface ToolAnswer {
  readonly text: string;
  readonly data: Readonly<Record<string, unknown>>;
  /** Whether it holds names or notes from elsewhere. */
  readonly fromElsewhere?: boolean;
  readonly isError?: boolean;
}

const SANDBOX_NOTE = "This is the sandbox: no real phone rings.";

export function resultOf(answer: ToolAnswer, sandbox: boolean): CallToolResult {
  const notes = [...(sandbox ? [SANDBOX_NOTE] : []), ...(answer.fromElsewhere === true ? [DATA_NOTE] : [])];
  const data = printableDeep({ sandbox, ...answer.data });
  return {
    content: [
      { type: "text", text: [answer.text, ...notes].join("\n") },
      { type: "text", text: JSON.stringify(data) },
    ],
    structuredContent: data,
    ...(answer.isError === true ? { isError: true } : {}),
  };
}

/** The same object as `--json` prints. */
export function errorJson(error: AnyCallError): Record<string, unknown> {
  const { code, message, remedy, placed, status, search } = error;
  return {
    type: "error",
    code,
    message,
    remedy,
    placed,
    status,
    reason: "reason" in error ? error.reason : undefined,
    retryAfterSeconds: "retryAfterSeconds" in error ? error.retryAfterSeconds : undefined,
    search,
    problems: "problems" in error ? error.problems : undefined,
  };
}

const LOOK = "Tell the person, look at list_calls now and at call_history in a minute.";
const PLACED_WORDS = {
  no: "Nothing was dialled.",
  yes: "The call was placed: phones ring.",
  unknown: `It isn't known whether the call was placed: phones may ring or have rung. Do not call again. ${LOOK}`,
};

/** What the use of a tool can do: only what can ring phones tells whether it did. */
export type Effect = "reads" | "controls" | "rings";

/** Of a control, these leave open whether it was done. */
const LOST: readonly AnyCallError["code"][] = [
  ...(["network", "timeout", "aborted", "server-error", "unexpected-response", "outcome-unknown"] as const),
];

/** Whether it may have been done. */
export function isLost(error: unknown): boolean {
  return !isCallError(error) || error.placed === "unknown" || LOST.includes(error.code);
}

export function failureOf(error: unknown, effect: Effect): ToolAnswer {
  if (!isCallError(error)) return internalFailure(error);
  const { message, remedy, placed, search } = error;
  if (placed === "unknown") return unknownFailure(message, errorJson(error), search?.summary);
  if (effect === "rings" || placed === "yes")
    return failed(`${message} ${remedy} ${PLACED_WORDS[placed]}`, errorJson(error));
  const open =
    effect === "controls" && isLost(error)
      ? " It isn't known whether it was done: look at the call with get_call."
      : "";
  return failed(`${message} ${remedy}${open}`, { ...errorJson(error), placed: undefined });
}

/** Such as a full disk, or a folder that another user owns: said with the file, if it's known, and the remedy. */
function internalFailure(error: unknown): ToolAnswer {
  const code = codeOf(error);
  if (code === undefined) {
    const message = "Internal error.";
    return { text: message, data: { error: { type: "error", code: "internal", message } }, isError: true };
  }
  const path = error instanceof Error && "path" in error ? String(error.path) : "A file of this program";
  const message = `${path} can't be used (${code}).`;
  const remedy = "It works again once this user can read and write there, and the disk has room.";
  return failed(`${message} ${remedy}`, { type: "error", code: "internal", message, remedy });
}

function failed(text: string, error: Readonly<Record<string, unknown>>): ToolAnswer {
  return { text: printable(text, 2_000), data: { error }, isError: true };
}

function unknownFailure(
  message: string,
  error: Readonly<Record<string, unknown>>,
  summary: string | undefined,
): ToolAnswer {
  // The library calls a token a key, and tells programs what to do.
  const said = message.replaceAll("this key", "this token");
  const text = [said, PLACED_WORDS.unknown, summary].filter(Boolean).join(" ");
  const told = { ...error, message: said, remedy: `Do not call again. ${LOOK}`, placed: "unknown" };
  return { text: printable(text, 2_000), data: { error: told, doNotCallAgain: true }, isError: true };
}

/**
 * What was sent, or is being sent, and of which nothing more is known.
 *
 * @param now what else is to be told
 */
export function unknownOutcome({ at, sentence }: Attempt, now?: string): ToolAnswer {
  const when = at === undefined ? "" : ` at ${timeOf(at)}`;
  const message = `This token was used${when}: “${sentence}” was sent to sipgate, or may have been.`;
  const told = now === undefined ? undefined : `Besides: ${now}`;
  return unknownFailure(message, { type: "error", code: "outcome-unknown" }, told);
}

/** As the clock on this machine shows it. */
export function timeOf(at: number): string {
  return new Date(at).toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit" });
}

/**
 * A refusal of the tools themselves.
 *
 * @param placed "no" if what the token stands for was surely never sent
 */
export function refusal(code: string, message: string, remedy: string, placed?: "no"): ToolAnswer {
  const problems = [{ field: "token", code, message, remedy }];
  return {
    text: `${message} ${remedy}${placed === undefined ? "" : " Nothing was done."}`,
    data: { error: { type: "error", code: "invalid-request", message, remedy, placed, problems } },
    isError: true,
  };
}
