import { serveStdio } from "@modelcontextprotocol/server/stdio";
import { createServerFactory, type ServerSettings } from "../create-server.js";

/** Serves the program that has started this one, until it closes our input. */
export function serveOverStdio(settings: ServerSettings): void {
  serveStdio(createServerFactory(settings), {
    onerror: (error) => process.stderr.write(`${error.message}\n`),
  });
  // Followed calls, and the sandbox, would keep the process alive.
  process.stdin.once("end", () => setTimeout(() => process.exit(0), 100).unref());
}
