import type { InputRequiredResult } from "@modelcontextprotocol/server";
import { InvalidRequestError, isCallError, type NewCall } from "sipgate-call";
import { z } from "zod";
import { planName } from "../audit-log.js";
import type { Connection } from "../connection.js";
import { isExpired, type PlacedPlan, type Plan } from "../plans/plan.js";
import { failureOf, type ToolAnswer, unknownOutcome } from "./answers.js";
import { messagesOf } from "./plan-call.js";
import { numbersRungBy, planOf, UNKNOWN_TOKEN, yesTo } from "./planned-step.js";
import { isToolAnswer, shape, type Tool, type ToolCall } from "./tool.js";

const input = z.strictObject({
  token: z.string().min(1).max(100).describe("The token that plan_call answered, letter for letter"),
});

export const placeCall: Tool<typeof input> = {
  name: "place_call",
  title: "Place a planned call",
  description: [
    "Places the call that plan_call has planned, once a person has said yes: phones ring and people are disturbed.",
    "The person is asked by this program or by a page in the browser. The same token again rings nobody and tells of the same call.",
    "If the answer says that it isn't known whether the call was placed, don't call again.",
  ].join(" "),
  annotations: { readOnlyHint: false, destructiveHint: true, idempotentHint: true, openWorldHint: true },
  input,
  effect: "rings",
  output: {
    call: shape("placed"),
    waitingForYes: {
      type: "boolean",
      description: "The person hasn't decided yet: use the same token again.",
    },
    yesBy: {
      enum: ["rules", "client", "page"],
      description: "How the person said yes: beforehand in the rules, by the program, or by the page.",
    },
    doNotCallAgain: { type: "boolean", description: "It isn't known whether phones ring or have rung." },
  },
  async run({ token }, call) {
    const { plans, sandbox } = call.services;
    const earlier = plans.placedOf(token);
    if (earlier !== undefined) return repeated(earlier, sandbox);
    const answer = await tryToPlace(token, call).catch((error: unknown) => failureOf(error, "rings"));
    if (isToolAnswer(answer) && ("call" in answer.data || "doNotCallAgain" in answer.data)) return answer;
    // Whatever speaks against the call now: if it was sent before, phones may have rung.
    const meanwhile = plans.placedOf(token);
    if (meanwhile !== undefined) return repeated(meanwhile, sandbox);
    const sent = plans.sentOf(token);
    if (sent === undefined) return answer;
    return unknownOutcome(sent, isToolAnswer(answer) ? reasonIn(answer) : undefined);
  },
};

function reasonIn({ text }: ToolAnswer): string {
  return text.replace(/ Nothing was (?:done|dialled)\.$/, "");
}

async function tryToPlace(token: string, call: ToolCall): Promise<ToolAnswer | InputRequiredResult> {
  const { services } = call;
  const connection = await services.connect();
  const plan = planOf(token, call, connection);
  if (plan === undefined || plan.action.kind !== "call") return UNKNOWN_TOKEN;
  const rules = services.rules();
  const guarded = connection.guarded(rules.calls);
  const request = { ...plan.action.request, idempotencyKey: token };
  if (!isExpired(plan)) await refuseByRules(token, plan, await guarded.judge(request), call);
  const yes = await yesTo(token, plan, rules, call);
  if ("answer" in yes) return yes.answer;
  return place(token, plan, call, connection, yes.by);
}

/** Before a person is asked: nobody should say yes to what is refused afterwards. */
async function refuseByRules(
  token: string,
  { sentence }: Plan,
  problems: ConstructorParameters<typeof InvalidRequestError>[0],
  { services, program }: ToolCall,
): Promise<void> {
  if (problems.length === 0) return;
  const plan = planName(token);
  services.audit.write({ step: "refused", what: sentence, program, plan, detail: messagesOf(problems) });
  throw new InvalidRequestError(problems);
}

async function place(
  token: string,
  plan: Plan,
  { services, program }: ToolCall,
  connection: Connection,
  yesBy: string,
): Promise<ToolAnswer> {
  const { action, sentence } = plan;
  if (action.kind !== "call") return UNKNOWN_TOKEN;
  const step = { what: sentence, program, plan: planName(token) };
  services.audit.write({ ...step, step: "placing" });
  const takeBack = services.plans.sending(token, {
    at: Date.now(),
    numbers: numbersRungBy(action),
    sentence,
  });
  let placed: NewCall;
  try {
    // The rules may have changed while the person thought about it.
    const guarded = connection.guarded(services.rules().calls);
    placed = await guarded.place({ ...action.request, idempotencyKey: token });
  } catch (error) {
    const detail = isCallError(error) ? error.message : undefined;
    const isUnknown = !isCallError(error) || error.placed !== "no";
    if (!isUnknown) takeBack();
    services.audit.note({ ...step, step: isUnknown ? "unknown" : "failed", detail });
    return failureOf(error, "rings");
  }
  services.followed.begin(placed);
  if (placed.repeated !== true) services.audit.note({ ...step, step: "placed", detail: `Yes by ${yesBy}.` });
  const warnings = [...placed.warnings];
  try {
    const { callId, platform, channelId } = placed;
    services.plans.placed(
      token,
      { callId, platform, channelId },
      { callee: action.request.callee, sentence, plan: step.plan },
    );
  } catch {
    // Phones ring: whatever fails now, such as a full disk, the answer says so.
    warnings.push("The call was placed, but that couldn't be recorded.");
  }
  return placedAnswer({ ...placed, warnings }, connection.sandbox, { yesBy });
}

function repeated(earlier: PlacedPlan, sandbox: boolean): ToolAnswer {
  return placedAnswer({ ...earlier, warnings: [], repeated: true }, sandbox, {});
}

function placedAnswer(
  call: PlacedPlan & Pick<NewCall, "warnings" | "repeated">,
  sandbox: boolean,
  more: Readonly<Record<string, unknown>>,
): ToolAnswer {
  const { callId, platform, channelId, warnings, repeated: isRepeated } = call;
  const isNew = isRepeated !== true;
  const text = isNew
    ? "sipgate accepted the call: the caller's phone should ring, then the callee's. Follow it with get_call."
    : "This token has already placed the call. Nobody was rung now. Follow it with get_call.";
  return {
    text: [text, ...warnings].join("\n"),
    data: {
      call: {
        type: "placed",
        callId,
        sessionId: callId,
        platform,
        channelId,
        warnings,
        sandbox,
        ...(isNew ? {} : { repeated: true }),
      },
      ...more,
    },
  };
}
