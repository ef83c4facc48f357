// What tools answer: a sentence, and the same as data that a program can check against the tool's schema.
import type { CallToolResult } from "@modelcontextprotocol/server";
import { type AnyCallError, isCallError } from "sipgate-call";
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

const PLACED_WORDS = {
  no: "Nothing was dialled.",
  yes: "The call was placed: phones ring.",
  unknown:
    "It isn't known whether the call was placed: phones may ring or have rung. Do not call again. Tell the person, look at list_calls now and at call_history in a minute.",
};

export function failureOf(error: unknown): ToolAnswer {
  if (!isCallError(error)) {
    const code = error instanceof Error && "code" in error ? ` (${String(error.code)})` : "";
    const message = `Internal error${code}. As far as is known, nothing was dialled.`;
    return { text: message, data: { error: { type: "error", code: "internal", message } }, isError: true };
  }
  const { message, remedy, placed, search } = error;
  const found = search === undefined ? "" : ` ${search.summary}`;
  return {
    text: printable(`${message} ${remedy} ${PLACED_WORDS[placed]}${found}`, 2_000),
    data: { error: errorJson(error), ...(placed === "unknown" ? { doNotCallAgain: true } : {}) },
    isError: true,
  };
}

/** A refusal of the tools themselves. */
export function refusal(code: string, message: string, remedy: string): ToolAnswer {
  const problems = [{ field: "token", code, message, remedy }];
  return {
    text: `${message} ${remedy} Nothing was dialled.`,
    data: { error: { type: "error", code: "invalid-request", message, remedy, placed: "no", problems } },
    isError: true,
  };
}
