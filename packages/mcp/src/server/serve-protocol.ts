import { isJSONRPCResultResponse, type JSONRPCMessage } from "@modelcontextprotocol/server";
import { StdioServerTransport, serveStdio } from "@modelcontextprotocol/server/stdio";
import { createServerFactory, type ServerSettings } from "../create-server.js";

/** A call that is being placed when the program leaves. */
const LAST_MS = 30_000;

/** @param answered the id of the first request if it was answered already */
export function serveProtocol(settings: ServerSettings, answered: string | number | undefined): void {
  const { create, idle } = createServerFactory(settings);
  const transport = answered === undefined ? new StdioServerTransport() : new AnsweredTransport(answered);
  serveStdio(create, { transport, onerror: (error) => process.stderr.write(`${error.message}\n`) });
  // Followed calls, and the sandbox, would keep the process alive.
  process.stdin.once("end", () => {
    setTimeout(() => process.exit(0), LAST_MS).unref();
    void idle().then(() => process.exit(0));
  });
}

/** Leaves out the answer to a request that was answered before the library was loaded. */
class AnsweredTransport extends StdioServerTransport {
  #answered: string | number | undefined;

  constructor(answered: string | number) {
    super();
    this.#answered = answered;
  }

  override send(message: JSONRPCMessage): Promise<void> {
    if (!isJSONRPCResultResponse(message) || message.id !== this.#answered) return super.send(message);
    this.#answered = undefined;
    return Promise.resolve();
  }
}
