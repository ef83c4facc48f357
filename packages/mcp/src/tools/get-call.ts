import type { CallChange } from "sipgate-call";
import { isCallError } from "sipgate-call";
import { z } from "zod";
import { errorJson, refusal, type ToolAnswer, unknownOutcome } from "./answers.js";
import { outcomeInWords, stateInWords } from "./call-words.js";
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

const NOT_PLACED = refusal(
  "not-placed",
  "What was planned with this token hasn't been sent so far.",
  "place_call places it, if it's a call and a person says yes.",
);

const OTHER_ACCOUNT = refusal(
  "other-account",
  "The call was placed: but with another account, or in another sandbox, so it can't be looked at here.",
  "Do not call again. Tell the person.",
);

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
    doNotCallAgain: { type: "boolean", description: "It isn't known whether phones ring or have rung." },
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
    const found = callId === undefined ? await callIdOf(token, call) : { callId };
    if (!("callId" in found)) return found;
    const id = found.callId;
    const connection = await services.connect();
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

/** @returns the id of the call that a token has placed, or what to answer instead */
async function callIdOf(
  token: string | undefined,
  { services }: ToolCall,
): Promise<{ readonly callId: string } | ToolAnswer> {
  if (token === undefined) return NOT_FOUND;
  const { plans } = services;
  const placed = plans.placedOf(token);
  const plan = plans.read(token);
  if (placed === undefined) {
    const sent = plans.sentOf(token);
    if (sent !== undefined) return unknownOutcome(sent);
    return plan === undefined ? NOT_FOUND : NOT_PLACED;
  }
  const { account } = await services.connect();
  return plan === undefined || plan.account === account ? placed : OTHER_ACCOUNT;
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
