import { serveStdio } from "@modelcontextprotocol/server/stdio";
import { createServerFactory, type ServerSettings } from "../create-server.js";

/** A call that is being placed when the program leaves. */
const LAST_MS = 30_000;

/** Serves the program that has started this one, until it closes our input. */
export function serveOverStdio(settings: ServerSettings): void {
  const { create, idle } = createServerFactory(settings);
  serveStdio(create, { onerror: (error) => process.stderr.write(`${error.message}\n`) });
  // Followed calls, and the sandbox, would keep the process alive.
  process.stdin.once("end", () => {
    setTimeout(() => process.exit(0), LAST_MS).unref();
    void idle().then(() => process.exit(0));
  });
}
