// Processes of the bench: servers and clients, each apart, so the CPU and the memory of one are its own.
import { fork } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";

export const COMMAND_LINE = fileURLToPath(new URL("../packages/call/dist/cli/main.cjs", import.meta.url));

/** NODE_EXTRA_CA_CERTS would cost Node 20 more than the whole program itself, proxies would lead elsewhere. */
const { PATH, HOME } = process.env;
export const ENVIRONMENT = { PATH, HOME };

/** The sandbox's default account and a call within it, as sipgate-call takes them from the environment. */
export const ACCOUNT = {
  SIPGATE_TOKEN_ID: "token-CLASSC",
  SIPGATE_TOKEN: "5a9db0c5-7e57-4a11-8c0d-000000000001",
  SIPGATE_CALLER: "e0",
  SIPGATE_CALLEE: "+493023125000",
};

/**
 * Starts a module of the bench in a process of its own. It says what it has to say in a first message, answers each
 * message with one, and ends when it's told to.
 */
export async function start(url, ...args) {
  const child = fork(fileURLToPath(url), args.map(String), { env: ENVIRONMENT, execArgv: ["--expose-gc"] });
  const failed = new AbortController();
  child.once("exit", (code) => failed.abort(new Error(`${url} ended with exit code ${code}.`)));
  const answer = async () => {
    const [message] = await once(child, "message", { signal: failed.signal }).catch(() => {
      throw failed.signal.reason;
    });
    return message;
  };
  const ready = await answer();
  return {
    ready,
    ask(message) {
      child.send(message);
      return answer();
    },
    stop() {
      child.removeAllListeners("exit");
      child.kill();
    },
  };
}

/** The other side: answers what `start(…).ask` asks, by the name of the question. */
export function serve(ready, answers) {
  process.on("message", async ({ name, ...question }) => process.send(await answers[name](question)));
  process.on("disconnect", () => process.exit());
  process.send(ready);
}

/** CPU in milliseconds since the process began, and its memory in bytes. */
export function usage() {
  const { user, system } = process.cpuUsage();
  return { cpu: (user + system) / 1000, rss: process.memoryUsage().rss };
}

/** Bytes that are in use once the garbage is gone. Collecting it takes CPU: ask for `usage` apart from this. */
export function heap() {
  globalThis.gc();
  return process.memoryUsage().heapUsed;
}
