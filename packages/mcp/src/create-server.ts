// A server of the protocol with all tools. One for each connection; what they share are the services of the process.

import { join } from "node:path";
import { McpServer } from "@modelcontextprotocol/server";
import { createAuditLog } from "./audit-log.js";
import type { Connection } from "./connection.js";
import { rulesFile, stateFolder } from "./files/folders.js";
import { CAPABILITIES, INSTRUCTIONS, SERVER_INFO } from "./introduction.js";
import { createPlanStore } from "./plans/plan-store.js";
import { createLedger } from "./rules/ledger.js";
import { type AskBy, readServerRules } from "./server-rules.js";
import { callHistory } from "./tools/call-history.js";
import { checkCall } from "./tools/check-call.js";
import { controlCall } from "./tools/control-call.js";
import { findContact } from "./tools/find-contact.js";
import { createFollowedCalls } from "./tools/followed-calls.js";
import { getCall } from "./tools/get-call.js";
import { listCalls } from "./tools/list-calls.js";
import { listPhones } from "./tools/list-phones.js";
import { placeCall } from "./tools/place-call.js";
import { planCall } from "./tools/plan-call.js";
import type { Services } from "./tools/services.js";
import { prepareTool } from "./tools/tool.js";
import { createQuestionCodec } from "./yes/ask-client.js";
import { createPersonAsker } from "./yes/ask-person.js";

export interface ServerSettings {
  readonly sandbox: boolean;
  /** The file with the person's rules. */
  readonly rules?: string | undefined;
  /** How a person may be asked unless the rules say it. */
  readonly askBy: readonly AskBy[];
}

export interface ServerFactory {
  /** A server for a connection. */
  create(): McpServer;
  /** Resolves once no use of a tool is under way. */
  idle(): Promise<void>;
}

export function createServerFactory({ sandbox, rules, askBy }: ServerSettings): ServerFactory {
  const folder = stateFolder(sandbox);
  const plans = createPlanStore(join(folder, "plans"));
  const ledger = createLedger(join(folder, "calls"));
  const audit = createAuditLog(folder);
  const codec = createQuestionCodec();
  const services: Services = {
    sandbox,
    plans,
    audit,
    person: createPersonAsker(plans, codec, join(folder, "pages")),
    followed: createFollowedCalls((callId, { end }) => {
      ledger.ended(callId);
      if (!plans.callEnded(callId)) return;
      const { sentence = "A call that these tools haven't placed.", plan } = plans.noteOf(callId) ?? {};
      audit.note({ step: "ended", what: sentence, plan, detail: end?.cause });
    }),
    underWay: new Set(),
    connect: connectOnce(sandbox, folder),
    rules: () => readServerRules({ path: rules ?? rulesFile(), isNamed: rules !== undefined }, askBy),
  };
  const tools = [
    prepareTool(services, findContact),
    prepareTool(services, listPhones),
    prepareTool(services, checkCall),
    prepareTool(services, planCall),
    prepareTool(services, placeCall),
    prepareTool(services, getCall),
    prepareTool(services, controlCall),
    prepareTool(services, listCalls),
    prepareTool(services, callHistory),
  ];
  const create = () => {
    const server = new McpServer(SERVER_INFO, {
      instructions: INSTRUCTIONS,
      capabilities: CAPABILITIES,
      requestState: { verify: codec.verify },
    });
    for (const give of tools) give(server);
    return server;
  };
  return {
    create,
    async idle() {
      while (services.underWay.size > 0) await Promise.allSettled(services.underWay);
    },
  };
}

/** Connects when a tool is first used, and again if that has failed: a person may have signed in meanwhile. */
function connectOnce(sandbox: boolean, folder: string): () => Promise<Connection> {
  let connected: Promise<Connection> | undefined;
  const begin = async () => {
    // A start of the server needs nothing of the client.
    const { connect } = await import("./connection.js");
    return connect(sandbox, folder);
  };
  return () => {
    connected ??= begin().catch((error: unknown) => {
      connected = undefined;
      throw error;
    });
    return connected;
  };
}
