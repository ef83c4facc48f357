// The command: serves the tools, shows the log, or sets up a program that uses the tools.
import { parseArgs } from "node:util";

const HELP = `Phone calls with sipgate for agents, as tools of the Model Context Protocol.

  sipgate-call-mcp                 serves a program that starts it, over stdin and stdout
  sipgate-call-mcp log             shows what the tools did
  sipgate-call-mcp --help

Options:
  --sandbox       a sipgate on this machine: no account is needed, no real phone rings
  --rules FILE    the file with your rules; default: agents.json beside the settings of sipgate-call
  --env-file FILE variables such as SIPGATE_TOKEN_ID, SIPGATE_TOKEN and SIPGATE_CALLER
  --version

Without a token in the environment, the sign-in of sipgate-call login is used.
`;

async function main(words: readonly string[]): Promise<number | undefined> {
  const { values, positionals } = parseArgs({
    args: [...words],
    allowPositionals: true,
    options: {
      help: { type: "boolean", short: "h" },
      version: { type: "boolean" },
      sandbox: { type: "boolean", default: false },
      json: { type: "boolean", default: false },
      rules: { type: "string" },
      "env-file": { type: "string" },
    },
  });
  if (values.help === true) return print(HELP);
  if (values.version === true) return print(`${SIPGATE_CALL_VERSION}\n`);
  if (values["env-file"] !== undefined) process.loadEnvFile(values["env-file"]);
  const [command, ...more] = positionals;
  if (more.length > 0) throw new TypeError(`Unexpected argument '${more[0]}'`);
  if (command === "log") return (await import("./show-log.js")).showLog(values);
  if (command !== undefined) throw new TypeError(`Unknown command '${command}'`);
  const { serveOverStdio } = await import("./server/serve-stdio.js");
  serveOverStdio({ sandbox: values.sandbox, rules: values.rules, askBy: ["client", "page"] });
  return undefined;
}

function print(text: string): number {
  process.stdout.write(text);
  return 0;
}

main(process.argv.slice(2)).then(
  (code) => {
    if (code !== undefined) process.exitCode = code;
  },
  (error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = error instanceof TypeError ? 2 : 1;
  },
);
