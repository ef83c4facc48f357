// Gets a person's yes to a plan, by the ways that the rules allow.
import type { InputRequiredResult, McpServer, ServerContext } from "@modelcontextprotocol/server";
import { isExpired, type Plan, VALID_MS, type YesBy } from "../plans/plan.js";
import type { PlanStore } from "../plans/plan-store.js";
import { isListed } from "../rules/number-patterns.js";
import type { ServerRules } from "../server-rules.js";
import type { ApprovalPage } from "./approval-page.js";
import { answerIn, canAsk, type QuestionCodec, question } from "./ask-client.js";

export type Decision =
  | { readonly kind: "yes"; readonly by: YesBy }
  | { readonly kind: "no" }
  /** The program is to ask its person, and to call the tool again. */
  | { readonly kind: "ask"; readonly result: InputRequiredResult }
  /** Nobody has decided yet. */
  | { readonly kind: "waiting" }
  /** Nobody can be asked. */
  | { readonly kind: "nobody" };

export interface Asked {
  readonly token: string;
  readonly plan: Plan;
  readonly rules: ServerRules;
  /** The numbers that a call would ring. */
  readonly numbers: readonly string[];
  readonly context: ServerContext;
  readonly server: McpServer;
}

export interface PersonAsker {
  decide(asked: Asked): Promise<Decision>;
}

/** Shorter than the minute after which most programs give a tool up. */
const WAIT_MS = 45_000;

export function createPersonAsker(plans: PlanStore, codec: QuestionCodec): PersonAsker {
  /** One for each plan, however often it's asked about. */
  const pages = new Map<string, Promise<ApprovalPage | undefined>>();

  const pageOf = (token: string, plan: Plan): Promise<ApprovalPage | undefined> => {
    const opened =
      pages.get(token) ??
      showPage(token, plan).catch((error: unknown) => {
        pages.delete(token);
        throw error;
      });
    pages.set(token, opened);
    return opened;
  };

  const showPage = async (token: string, plan: Plan): Promise<ApprovalPage | undefined> => {
    // A start of the server needs no web server.
    const [{ openApprovalPage }, { openBrowser }] = await Promise.all([
      import("./approval-page.js"),
      import("./open-browser.generated.js"),
    ]);
    const page = await openApprovalPage(plan.points, plan.at + VALID_MS - Date.now());
    void page.answer.then((answer) => {
      pages.delete(token);
      if (answer === undefined || isExpired(plan)) return;
      plans.answer(token, answer === "yes" ? { yes: true, by: "page" } : { yes: false });
    });
    if (openBrowser(page.url)) return page;
    page.close();
    return undefined;
  };

  const decideByPage = async ({ token, plan, context }: Asked): Promise<Decision> => {
    const page = await pageOf(token, plan);
    if (page === undefined) return { kind: "nobody" };
    await Promise.race([page.answer, timeOver(WAIT_MS, context.mcpReq.signal)]);
    return decided(plans, token) ?? { kind: "waiting" };
  };

  return {
    async decide(asked) {
      const { token, plan, rules, numbers, context, server } = asked;
      const before = decided(plans, token);
      if (before !== undefined) return before;
      // Of a transfer it isn't known whose call is handed on.
      if (plan.action.kind === "call" && numbers.every((number) => isListed(number, rules.yesTo))) {
        plans.answer(token, { yes: true, by: "rules" });
        return decided(plans, token) ?? { kind: "nobody" };
      }
      if (rules.askBy.includes("client") && canAsk(server, context)) {
        const answer = answerIn(context, token);
        if (answer === "later") return { kind: "waiting" };
        if (answer === undefined)
          return { kind: "ask", result: await question(codec, context, token, plan.points) };
        plans.answer(token, answer === "yes" ? { yes: true, by: "client" } : { yes: false });
        return decided(plans, token) ?? { kind: "nobody" };
      }
      return rules.askBy.includes("page") ? decideByPage(asked) : { kind: "nobody" };
    },
  };
}

function decided(plans: PlanStore, token: string): Decision | undefined {
  const answer = plans.answerOf(token);
  if (answer === undefined) return undefined;
  return answer.yes ? { kind: "yes", by: answer.by } : { kind: "no" };
}

function timeOver(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, milliseconds);
    signal.addEventListener(
      "abort",
      () => {
        clearTimeout(timer);
        resolve();
      },
      { once: true },
    );
  });
}
