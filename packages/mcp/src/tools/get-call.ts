import type { CallChange } from "sipgate-call";
import { isCallError } from "sipgate-call";
import { z } from "zod";
import { errorJson, refusal } from "./answers.js";
import { outcomeInWords, stateInWords } from "./call-words.js";
import { planOf } from "./planned-step.js";
import { shape, type Tool, type ToolCall } from "./tool.js";

const input = z.strictObject({
  callId: z.string().max(500).optional().describe("From place_call, list_calls or call_history"),
  token: z.string().max(100).optional().describe("Instead of callId: the token that placed the call"),
  waitSeconds: z
    .number()
    .min(0)
    .max(50)
    .default(0)
    .describe("How long to wait for the end of the call; meanwhile each change is told as progress"),
});

const NOT_FOUND = refusal(
  "no-call",
  "No call is known by this.",
  "Give the callId, or the token of a call that was placed. list_calls and call_history may show it.",
);

export const getCall: Tool<typeof input> = {
  name: "get_call",
  title: "Get a call",
  description: [
    "What is known of a call: its state and what that was learnt from, and once it has ended how, why, and what to do.",
    "accepted doesn't mean that a phone rings; whether a person or a mailbox answered can't be known. Changes nothing.",
  ].join(" "),
  annotations: { readOnlyHint: true, openWorldHint: true },
  input,
  output: {
    callId: { type: "string" },
    state: shape("state"),
    states: {
      type: "array",
      items: { type: "string" },
      description: "All states that were observed, in order.",
    },
    outcome: {
      type: "object",
      required: ["text", "cause", "remedy"],
      properties: {
        text: { type: "string" },
        cause: { type: "string" },
        remedy: { type: "string", description: "What to do; may be empty." },
      },
    },
  },
  async run({ callId, token, waitSeconds }, call) {
    const { services, context } = call;
    const connection = await services.connect();
    const id = callId ?? callIdOf(token, call, connection);
    if (id === undefined) return NOT_FOUND;
    const { changes, error } = await services.followed.wait(connection.client, id, {
      waitMs: waitSeconds * 1_000,
      signal: context.mcpReq.signal,
      onChange: progressOf(context),
    });
    const last = changes.at(-1);
    if (last === undefined) {
      if (isCallError(error)) throw error;
      return {
        text: "Nothing is known of this call yet: it may still ring. Ask again in a few seconds; don't call again.",
        data: { callId: id, states: [] },
      };
    }
    const outcome = last.end === undefined ? undefined : outcomeInWords(last.end);
    const sentences = [
      `${stateInWords(last.state)} (evidence: ${last.evidence}).`,
      ...(outcome === undefined ? [] : [outcome.text, outcome.remedy]),
      ...last.notes,
    ];
    return {
      text: sentences.filter(Boolean).join(" "),
      data: {
        callId: id,
        state: stateJson(last),
        states: changes.map(({ state }) => state),
        outcome,
        ...(isCallError(error) ? { error: errorJson(error) } : {}),
      },
    };
  },
};

function callIdOf(token: string | undefined, call: ToolCall, connection: Parameters<typeof planOf>[2]) {
  if (token === undefined || planOf(token, call, connection) === undefined) return undefined;
  return call.services.plans.placedOf(token)?.callId;
}

/** The same object as `dial --follow --json` prints. */
function stateJson({ state, evidence, at, end, notes }: CallChange) {
  return { type: "state", state, evidence, at: at.toISOString(), end, notes, text: stateInWords(state) };
}

/** Tells changes to a program that asked for progress. */
function progressOf({ mcpReq }: ToolCall["context"]): (change: CallChange) => void {
  const progressToken = mcpReq._meta?.progressToken;
  if (progressToken === undefined) return () => {};
  let progress = 0;
  return ({ state }) => {
    progress += 1;
    const params = { progressToken, progress, message: stateInWords(state) };
    // A program that is gone needs no progress.
    mcpReq.notify({ method: "notifications/progress", params }).catch(() => {});
  };
}
