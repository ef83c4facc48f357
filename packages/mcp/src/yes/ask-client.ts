// Asks a person by the program that uses the tools: the protocol calls it elicitation.
import {
  CLIENT_CAPABILITIES_META_KEY,
  type ClientCapabilities,
  createRequestStateCodec,
  type InputRequiredResult,
  inputRequired,
  inputResponse,
  type McpServer,
  type RequestStateCodec,
  type ServerContext,
} from "@modelcontextprotocol/server";
import { nodeCrypto } from "../files/node-crypto.js";
import { digest } from "../files/private-files.js";
import { VALID_MS } from "../plans/plan.js";

const QUESTION = "yes";

/** Ties an answer to the question: who never asked a person has no such state. Restarts ask again. */
export type QuestionCodec = RequestStateCodec<{ readonly plan: string }>;

export function createQuestionCodec(): QuestionCodec {
  let made: QuestionCodec | undefined;
  const codec = () => {
    made ??= createRequestStateCodec<{ readonly plan: string }>({
      key: nodeCrypto().randomBytes(32),
      ttlSeconds: VALID_MS / 1_000,
    });
    return made;
  };
  return {
    mint: (payload, context) => codec().mint(payload, context),
    verify: (state, context) => codec().verify(state, context),
  };
}

/** Whether the program can show a form to its person. */
export function canAsk(server: McpServer, context: ServerContext): boolean {
  const envelope: Readonly<Record<string, unknown>> | undefined = context.mcpReq.envelope;
  const told = envelope?.[CLIENT_CAPABILITIES_META_KEY] as ClientCapabilities | undefined;
  const elicitation = (told ?? server.server.getClientCapabilities())?.elicitation;
  if (elicitation === undefined) return false;
  return elicitation.form !== undefined || elicitation.url === undefined;
}

/** What the person has answered to the question about this plan, if it was asked. */
export function answerIn(context: ServerContext, token: string): "yes" | "no" | "later" | undefined {
  const asked = context.mcpReq.requestState<{ readonly plan: string }>();
  if (asked?.plan !== digest(token)) return undefined;
  const response = inputResponse(context.mcpReq.inputResponses, QUESTION);
  if (response.kind !== "elicit") return undefined;
  if (response.action === "cancel") return "later";
  return response.action === "accept" && response.content?.yes === true ? "yes" : "no";
}

export async function question(
  codec: QuestionCodec,
  context: ServerContext,
  token: string,
  points: readonly string[],
): Promise<InputRequiredResult> {
  return inputRequired({
    requestState: await codec.mint({ plan: digest(token) }, context),
    inputRequests: {
      [QUESTION]: inputRequired.elicit({
        message: ["May this be done?", ...points.map((point) => `• ${point}`)].join("\n"),
        requestedSchema: {
          type: "object",
          // No: what a program fills in by itself isn't a person's yes.
          properties: { yes: { type: "boolean", title: "Yes, do this", default: false } },
          required: ["yes"],
        },
      }),
    },
  });
}
