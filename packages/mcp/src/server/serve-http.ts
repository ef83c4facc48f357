// The tools over streamable HTTP, for programs on other machines: https by a proxy in front. Who has the token is let in.
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { createMcpHandler, isLegacyRequest } from "@modelcontextprotocol/server";
import { createServerFactory, type ServerSettings } from "../create-server.js";
import { createGate, type GateSettings } from "./gate.js";
import { createSessions } from "./sessions.js";
import { sendResponse, toRequest } from "./web-request.js";

export interface HttpSettings extends ServerSettings, GateSettings {
  readonly port: number;
}

export const PATH = "/mcp";

/** @returns the port */
export async function serveOverHttp(settings: HttpSettings): Promise<number> {
  const { create } = createServerFactory(settings);
  const onerror = (error: Error) => process.stderr.write(`${error.message}\n`);
  const modern = createMcpHandler(create, { legacy: "reject", onerror });
  const sessions = createSessions(create);
  const refuse = createGate(settings);

  const answer = async (incoming: IncomingMessage, outgoing: ServerResponse) => {
    const refusal = refuse(incoming, PATH);
    if (refusal !== undefined) {
      outgoing.writeHead(refusal.status, { "content-type": "text/plain", ...refusal.headers });
      outgoing.end(`${refusal.text}\n`);
      return;
    }
    const request = toRequest(incoming, outgoing);
    const isLegacy = await isLegacyRequest(request);
    await sendResponse(outgoing, await (isLegacy ? sessions.handle(request) : modern.fetch(request)));
  };

  const server = createServer((incoming, outgoing) => {
    answer(incoming, outgoing).catch((error: unknown) => {
      onerror(error instanceof Error ? error : new Error(String(error)));
      if (outgoing.headersSent) outgoing.destroy();
      else outgoing.writeHead(500).end();
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    // Loopback only: what comes from elsewhere comes through a proxy that speaks https.
    server.listen(settings.port, "127.0.0.1", resolve);
  });
  return (server.address() as AddressInfo).port;
}
