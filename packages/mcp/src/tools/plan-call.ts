import { checkCallRequest, InvalidRequestError } from "sipgate-call";
import { z } from "zod";
import { planName } from "../audit-log.js";
import { type Attempt, VALID_MS } from "../plans/plan.js";
import type { PlannedAction } from "../plans/planned-action.js";
import { factsOf } from "../rules/number-facts.js";
import { printable } from "../text.js";
import { timeOf } from "./answers.js";
import { CALL_FIELDS, requestOf } from "./call-input.js";
import { CONTROL_FIELDS, controlAction, describeControl, judgeControl } from "./planned-control.js";
import { numbersRungBy } from "./planned-step.js";
import { shape, type Tool, type ToolCall } from "./tool.js";
import { namesOf, whichCall } from "./which-call.js";

const input = z.strictObject({
  ...CALL_FIELDS,
  callee: CALL_FIELDS.callee.optional(),
  ...CONTROL_FIELDS,
});

export const planCall: Tool<typeof input> = {
  name: "plan_call",
  title: "Plan a call",
  description: [
    "Plans a call (give callee), or something that is done to a running call (give action and callId).",
    "Judges it by the rules that the person has set, and says exactly what would happen and to whom.",
    "Calls nobody and costs nothing. Answers a token for place_call or control_call, valid for ten minutes and for one use.",
  ].join(" "),
  annotations: { readOnlyHint: false, destructiveHint: false, idempotentHint: false, openWorldHint: true },
  input,
  effect: "rings",
  output: {
    plan: {
      type: "object",
      required: ["token", "tool", "validUntil", "sentence", "points"],
      properties: {
        token: { type: "string", description: "For one use, by the tool that is named." },
        tool: { enum: ["place_call", "control_call"] },
        validUntil: { type: "string", format: "date-time" },
        sentence: { type: "string", description: "What would happen." },
        points: { type: "array", items: { type: "string" }, description: "What the person is shown." },
      },
    },
    checks: shape("preflight"),
  },
  async run(given, call) {
    const { services, program } = call;
    const connection = await services.connect();
    const planned =
      given.action === undefined ? await planOfCall(given, call) : await planOfControl(given, call);
    const { action, preflight } = planned;
    const at = Date.now();
    const warnings = warningsOf(services.plans.unknownAttempts(numbersRungBy(action), at - WARNED_MS));
    const sentence = [planned.sentence, ...warnings].join(" ");
    const points = [...warnings, ...planned.points];
    const asks = [
      `Asked for by: ${printable(program)}`,
      ...(connection.sandbox ? ["In the sandbox: no real phone rings"] : []),
    ];
    const plan = { action, account: connection.account, at, sentence, points: [...points, ...asks] };
    const token = services.plans.create(plan);
    services.audit.write({ step: "planned", what: sentence, program, plan: planName(token) });
    const tool = action.kind === "call" ? "place_call" : "control_call";
    const validUntil = new Date(at + VALID_MS).toISOString();
    return {
      text: `${sentence} Nothing has been done yet. Tell the person exactly this; to do it, call ${tool} with the token. The person is asked for a yes then.`,
      data: {
        plan: { token, tool, validUntil, sentence, points: plan.points },
        ...(preflight === undefined ? {} : { checks: { type: "preflight", ...preflight } }),
      },
      fromElsewhere: true,
    };
  },
};

/** For so long a plan says that the same number may have been rung. */
const WARNED_MS = 2 * 3_600_000;

function warningsOf(attempts: readonly Attempt[]): string[] {
  const times = new Set(attempts.map(({ at = 0 }) => timeOf(at)));
  return [...times].map(
    (time) =>
      `Careful: this number may have been rung at ${time} already. It isn't known whether that call was placed.`,
  );
}

type Given = z.infer<typeof input>;

async function planOfCall(given: Given, { services, program }: ToolCall) {
  refuseFieldsOfControls(given);
  const connection = await services.connect();
  const request = requestOf({ ...given, callee: given.callee ?? "" }, connection);
  const checked = await checkCallRequest(request, connection.defaultCountry);
  const guarded = connection.guarded(services.rules().calls);
  const problems = await guarded.judge(checked);
  const facts = await factsOf(checked.callee);
  const sentence = `Call ${facts.formatted} from ${checked.caller}.`;
  if (problems.length > 0) {
    services.audit.write({ step: "refused", what: sentence, program, detail: messagesOf(problems) });
    throw new InvalidRequestError(problems);
  }
  const preflight = await connection.client.preflight(checked);
  const failed = preflight.checks.filter(({ result }) => result === "failed");
  if (failed.length > 0)
    throw new InvalidRequestError(
      failed.map(({ name, message, remedy }) => ({ field: name, code: "preflight", message, remedy })),
    );
  const action: PlannedAction = { kind: "call", request: { ...checked } };
  const points = [
    `Call: ${facts.formatted}${facts.country === undefined ? "" : ` (${facts.country})`}${facts.costly ? ", which costs more than other numbers, or may" : ""}`,
    ...(await namesOf(checked.callee, connection.client)),
    `First rings: ${checked.caller}`,
    ...(checked.callerId === undefined ? [] : [`The callee sees: ${checked.callerId}`]),
    ...(checked.deviceId === undefined ? [] : [`Billed to: ${checked.deviceId}`]),
    ...preflight.checks.filter(({ result }) => result === "warning").map(({ message }) => message),
  ];
  return { action, sentence, points, preflight };
}

function refuseFieldsOfControls(given: Given): void {
  refuseFields(given, CONTROL_FIELDS, "It's done to a running call, but action is missing.");
}

/** Both at once may mean either. */
function refuseFieldsOfCalls(given: Given): void {
  refuseFields(given, CALL_FIELDS, "It plans a new call, but action is done to a running one.");
}

function refuseFields(given: Given, fields: Readonly<Record<string, unknown>>, message: string): void {
  const remedy =
    "Give callee to plan a call, or action and callId to do something to a running one; not both.";
  const both = Object.entries(given).filter(([name, value]) => name in fields && value !== undefined);
  const problems = both.map(([field]) => ({ field, code: "contradictory", message, remedy }));
  if (problems.length > 0) throw new InvalidRequestError(problems);
}

async function planOfControl(given: Given, { services, program }: ToolCall) {
  refuseFieldsOfCalls(given);
  const connection = await services.connect();
  const action = await controlAction(given, connection.defaultCountry);
  const meant = await whichCall(
    action.callId,
    connection.client,
    services.plans.noteOf(action.callId)?.callee,
  );
  const described = await describeControl(action);
  const sentence = `${described.sentence} It's ${meant.words}.`;
  const points = [...described.points, ...meant.points];
  const problems = await judgeControl(action, services.rules().calls);
  if (problems.length > 0) {
    services.audit.write({ step: "refused", what: sentence, program, detail: messagesOf(problems) });
    throw new InvalidRequestError(problems);
  }
  return { action, sentence, points, preflight: undefined };
}

export function messagesOf(problems: readonly { readonly message: string }[]): string {
  return problems.map(({ message }) => message).join(" ");
}
