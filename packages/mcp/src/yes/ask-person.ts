// Gets a person's yes to a plan, by the ways that the rules allow.
import type { InputRequiredResult, McpServer, ServerContext } from "@modelcontextprotocol/server";
import { type Answer, isExpired, type Plan, VALID_MS, type YesBy } from "../plans/plan.js";
import type { PlanStore } from "../plans/plan-store.js";
import { isListed } from "../rules/number-patterns.js";
import type { ServerRules } from "../server-rules.js";
import type { ApprovalPage } from "./approval-page.js";
import { answerIn, canAsk, type QuestionCodec, question } from "./ask-client.js";
import type { OpenerFile } from "./opener-file.js";

export type Decision =
  | { readonly kind: "yes"; readonly by: YesBy }
  | { readonly kind: "no" }
  /** The program is to ask its person, and to call the tool again. */
  | { readonly kind: "ask"; readonly result: InputRequiredResult }
  /** The person is being asked about another plan. */
  | { readonly kind: "busy" }
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
  /** @throws if it can't be noted: then nobody is asked */
  onAsked(how: string): void;
  /** Is told the answer that counts, once. Never throws. */
  onAnswer(answer: Answer): void;
}

export interface PersonAsker {
  decide(asked: Asked): Promise<Decision>;
}

/** Shorter than the minute after which most programs give a tool up. */
const WAIT_MS = 45_000;

interface ShownPage extends ApprovalPage {
  /** Resolves if no browser could be started. */
  readonly failed: Promise<"failed">;
}

/** @param folder a private one, for the files that browsers open */
export function createPersonAsker(plans: PlanStore, codec: QuestionCodec, folder: string): PersonAsker {
  /** One at a time, however often it's asked about. */
  let shown: { readonly token: string; readonly page: Promise<ShownPage | undefined> } | undefined;

  const pageOf = (asked: Asked): Promise<ShownPage | undefined> => {
    if (shown !== undefined) return shown.page;
    const done = () => {
      shown = undefined;
    };
    const page = showPage(plans, folder, asked);
    shown = { token: asked.token, page };
    page.then((opened) => (opened === undefined ? done() : opened.answer.then(done)), done);
    return page;
  };

  const decideByPage = async (asked: Asked): Promise<Decision> => {
    const { token, context } = asked;
    if (shown !== undefined && shown.token !== token) return { kind: "busy" };
    const page = await pageOf(asked);
    if (page === undefined) return { kind: "nobody" };
    const ended = await Promise.race([page.answer, page.failed, timeOver(WAIT_MS, context.mcpReq.signal)]);
    return ended === "failed" ? { kind: "nobody" } : (decided(plans, token) ?? { kind: "waiting" });
  };

  return {
    async decide(asked) {
      const { token, plan, rules, numbers, context, server } = asked;
      const before = decided(plans, token);
      if (before !== undefined) return before;
      // Of a transfer it isn't known whose call is handed on.
      if (plan.action.kind === "call" && numbers.every((number) => isListed(number, rules.yesTo))) {
        record(plans, asked, { yes: true, by: "rules" });
        return decided(plans, token) ?? { kind: "nobody" };
      }
      if (rules.askBy.includes("client") && canAsk(server, context)) {
        const answer = answerIn(context, token);
        if (answer === "later") return { kind: "waiting" };
        if (answer === undefined) {
          asked.onAsked("By the program.");
          return { kind: "ask", result: await question(codec, context, token, plan.points) };
        }
        record(plans, asked, answer === "yes" ? { yes: true, by: "client" } : { yes: false });
        return decided(plans, token) ?? { kind: "nobody" };
      }
      return rules.askBy.includes("page") ? decideByPage(asked) : { kind: "nobody" };
    },
  };
}

function record(plans: PlanStore, { token, onAnswer }: Asked, answer: Answer): void {
  if (plans.answer(token, answer)) onAnswer(answer);
}

/** @returns undefined if there is no screen */
async function showPage(plans: PlanStore, folder: string, asked: Asked): Promise<ShownPage | undefined> {
  const { token, plan } = asked;
  // A start of the server needs no web server.
  const [{ openApprovalPage }, { openBrowser }, { writeOpenerFile }] = await Promise.all([
    import("./approval-page.js"),
    import("./open-browser.generated.js"),
    import("./opener-file.js"),
  ]);
  let opener: OpenerFile | undefined;
  const page = await openApprovalPage({
    points: plan.points,
    validMs: plan.at + VALID_MS - Date.now(),
    onShown: () => opener?.remove(),
    note(answer) {
      if (isExpired(plan)) return undefined;
      record(plans, asked, answer === "yes" ? { yes: true, by: "page" } : { yes: false });
      return plans.answerOf(token)?.yes === true ? "yes" : "no";
    },
  });
  void page.answer.then(() => opener?.remove());
  try {
    asked.onAsked("By a page.");
    opener = writeOpenerFile(folder, page.url);
  } catch (error) {
    page.close();
    throw error;
  }
  let fail: (how: "failed") => void = () => {};
  const failed = new Promise<"failed">((resolve) => {
    fail = resolve;
  });
  const isOpening = openBrowser(opener.url, () => {
    fail("failed");
    page.close();
  });
  if (isOpening) return { ...page, failed };
  page.close();
  return undefined;
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
