// What place_call and control_call have in common: a plan that is valid, and a person's yes to it.
import type { InputRequiredResult } from "@modelcontextprotocol/server";
import { planName } from "../audit-log.js";
import type { Connection } from "../connection.js";
import { type Answer, isExpired, type Plan, type YesBy } from "../plans/plan.js";
import type { PlannedAction } from "../plans/planned-action.js";
import { rungBy } from "../rules/judge-numbers.js";
import type { ServerRules } from "../server-rules.js";
import { refusal, type ToolAnswer } from "./answers.js";
import type { ToolCall } from "./tool.js";

export const UNKNOWN_TOKEN = refusal(
  "unknown-token",
  "There is no plan with this token.",
  "Use a token of plan_call letter for letter. If you have placed a call before, look at list_calls and call_history first.",
);

const EXPIRED = refusal(
  "expired",
  "The plan is older than ten minutes.",
  "Plan it anew with plan_call and tell the person again.",
  "no",
);

const SAID_NO = refusal(
  "no",
  "The person was asked and didn't say yes.",
  "Don't try again unless the person asks for it.",
  "no",
);

const NOBODY = refusal(
  "nobody-to-ask",
  "No person can be asked for a yes: this program can't ask, and no page can be shown.",
  "A person may allow the number beforehand in the rules (yesTo), or use a program that can ask.",
  "no",
);

const WAITING: ToolAnswer = {
  text: "The person was asked and hasn't decided yet. Nothing has been done. Use the same token again to wait for the answer.",
  data: { waitingForYes: true },
};

const BUSY: ToolAnswer = {
  text: "The person is being asked about another plan. Nothing has been done. Use the same token again once that is answered.",
  data: { waitingForYes: true },
};

/** The plan of a token, if it's for this account. */
export function planOf(token: string, { services }: ToolCall, connection: Connection): Plan | undefined {
  const plan = services.plans.read(token);
  return plan?.account === connection.account ? plan : undefined;
}

/** @returns how the person said yes, or what to answer instead */
export async function yesTo(
  token: string,
  plan: Plan,
  rules: ServerRules,
  call: ToolCall,
): Promise<{ readonly by: YesBy } | { readonly answer: ToolAnswer | InputRequiredResult }> {
  const { services, context, server, program } = call;
  const note = (step: "asked" | "refused", detail?: string) =>
    services.audit.write({ step, what: plan.sentence, program, plan: planName(token), detail });
  if (isExpired(plan)) {
    note("refused", "The plan has expired.");
    return { answer: EXPIRED };
  }
  const numbers = numbersRungBy(plan.action);
  const onAsked = (how: string) => note("asked", how);
  const onAnswer = (answer: Answer) =>
    services.audit.note({
      ...{ step: answer.yes ? "yes" : "no", what: plan.sentence, program, plan: planName(token) },
      detail: answer.yes ? `By ${answer.by}.` : undefined,
    });
  const asked = { token, plan, rules, numbers, context, server, onAsked, onAnswer };
  const decision = await services.person.decide(asked);
  switch (decision.kind) {
    case "yes":
      return isExpired(plan) ? { answer: EXPIRED } : { by: decision.by };
    case "no":
      return { answer: SAID_NO };
    case "ask":
      return { answer: decision.result };
    case "waiting":
      return { answer: WAITING };
    case "busy":
      return { answer: BUSY };
    case "nobody":
      note("refused", "Nobody can be asked.");
      return { answer: NOBODY };
  }
}

/** The numbers that it would ring. */
export function numbersRungBy(action: PlannedAction): readonly string[] {
  if (action.kind === "call") return rungBy(action.request);
  return action.kind === "transfer" ? [action.to] : [];
}
