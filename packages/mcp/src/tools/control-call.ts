import { isCallError } from "sipgate-call";
import { z } from "zod";
import { planName } from "../audit-log.js";
import type { ControlOutcome } from "../plans/plan.js";
import { failureOf, isLost, refusal, type ToolAnswer, unknownOutcome } from "./answers.js";
import {
  ACTIONS,
  type ControlAction,
  commandOf,
  controlAction,
  describeControl,
  doControl,
  isSmall,
} from "./planned-control.js";
import { planOf, UNKNOWN_TOKEN, yesTo } from "./planned-step.js";
import { shape, type Tool, type ToolCall } from "./tool.js";
import { callInWords } from "./which-call.js";

const input = z.strictObject({
  token: z.string().max(100).optional().describe("The token of plan_call for what needs a person's yes"),
  action: z.enum(ACTIONS).optional().describe("Without a token: hangup, mute, unmute, hold or resume"),
  callId: z.string().max(500).optional().describe("Without a token: a call that place_call has placed"),
});

const NEEDS_PLAN = refusal(
  "needs-plan",
  "This needs a person's yes.",
  "Plan it with plan_call (action and callId), then use its token here.",
);

const AGAIN = "Look at the call with get_call. Plan it anew if the person wants it again.";
const USED = {
  done: refusal("used", "This token was used before: what it stands for was done.", AGAIN),
  failed: refusal("used", "This token was used before: what it stands for was tried, and not done.", AGAIN),
  unknown: refusal(
    "used",
    "This token was used before: it isn't known whether what it stands for was done.",
    "Look at the call with get_call before anything else.",
  ),
};

export const controlCall: Tool<typeof input> = {
  name: "control_call",
  title: "Control a call",
  description: [
    "Hangs up, mutes or holds a call that place_call has placed (give action and callId).",
    "Tones, transfers and recordings, and anything done to other calls, need a plan of plan_call and a person's yes (give its token).",
  ].join(" "),
  annotations: { readOnlyHint: false, destructiveHint: true, idempotentHint: false, openWorldHint: true },
  input,
  effect: "controls",
  output: {
    doNotCallAgain: { type: "boolean", description: "It isn't known whether phones ring or have rung." },
    done: shape("done"),
    waitingForYes: {
      type: "boolean",
      description: "The person hasn't decided yet: use the same token again.",
    },
  },
  async run({ token, ...given }, call) {
    const { services } = call;
    if (token !== undefined && services.plans.isUsed(token)) return usedBefore(token, call);
    const connection = await services.connect();
    if (token === undefined) {
      const action = await controlAction(given, connection.defaultCountry);
      if (!isSmall(action) || !services.plans.hasPlaced(action.callId)) return NEEDS_PLAN;
      return act(action, await sentenceFor(action, call), call);
    }
    const plan = planOf(token, call, connection);
    if (plan === undefined || plan.action.kind === "call") return UNKNOWN_TOKEN;
    const yes = await yesTo(token, plan, services.rules(), call);
    if ("answer" in yes) return yes.answer;
    return services.plans.use(token) ? act(plan.action, plan.sentence, call, token) : usedBefore(token, call);
  },
};

function usedBefore(token: string, { services: { plans } }: ToolCall): ToolAnswer {
  const outcome = plans.outcomeOf(token);
  const sent = plans.sentOf(token);
  return sent === undefined || outcome === "done" ? USED[outcome] : unknownOutcome(sent);
}

async function sentenceFor(action: ControlAction, { services }: ToolCall): Promise<string> {
  const { sentence } = await describeControl(action);
  return `${sentence} It's ${await callInWords(action.callId, services.plans.noteOf(action.callId)?.callee)}.`;
}

/** Notes a transfer before it's sent: it rings somebody. */
function begin(
  action: ControlAction,
  sentence: string,
  { plans }: ToolCall["services"],
  token: string | undefined,
) {
  const rung = action.kind === "transfer" ? [action.to] : [];
  if (token === undefined) return { rung, settle: () => {} };
  const takeBack =
    rung.length === 0 ? () => {} : plans.sending(token, { at: Date.now(), numbers: rung, sentence });
  const settle = (outcome: ControlOutcome) => {
    plans.ended(token, outcome);
    if (outcome !== "unknown") takeBack();
  };
  return { rung, settle };
}

async function act(
  action: ControlAction,
  sentence: string,
  { services, program }: ToolCall,
  token?: string,
): Promise<ToolAnswer> {
  const connection = await services.connect();
  const plan = token === undefined ? undefined : planName(token);
  const { rung, settle } = begin(action, sentence, services, token);
  try {
    const guarded = connection.guarded(services.rules().calls);
    await doControl(guarded.call(action.callId), action);
  } catch (error) {
    const detail = isCallError(error) ? error.message : undefined;
    const answer = failureOf(error, rung.length > 0 ? "rings" : "controls");
    const outcome = isLost(error) ? "unknown" : "failed";
    settle(outcome);
    services.audit.note({ step: outcome, what: sentence, program, plan, detail });
    return answer;
  }
  settle("done");
  services.audit.note({ step: "done", what: sentence, program, plan });
  return {
    text: `Done: ${sentence}`,
    data: { done: { type: "done", command: commandOf(action), callId: action.callId } },
  };
}
