// The command: serves the tools, shows the log, or sets up a program that uses the tools.
import { realpathSync } from "node:fs";
import { resolve } from "node:path";
import { parseArgs } from "node:util";

const HELP = `Phone calls with sipgate for agents, as tools of the Model Context Protocol.

  sipgate-call-mcp                     serves a program that starts it, over stdin and stdout
  sipgate-call-mcp --http PORT         serves over HTTP at this machine's address, for a proxy that speaks https
  sipgate-call-mcp install [PROGRAM]   sets up a program that uses tools, and shows first what it changes
  sipgate-call-mcp log                 shows what the tools did

Options:
  --sandbox       a sipgate on this machine: no account is needed, no real phone rings
  --rules FILE    the file with your rules; default: agents.json beside the settings of sipgate-call
  --env-file FILE variables such as SIPGATE_TOKEN_ID, SIPGATE_TOKEN and SIPGATE_CALLER
  --allow-host NAME   with --http: a name by which a proxy forwards requests; may be repeated
  --yes           with install: without a question
  --json          with log: as JSON
  --help, --version

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
      http: { type: "string" },
      "allow-host": { type: "string", multiple: true, default: [] },
      yes: { type: "boolean", default: false },
    },
  });
  if (values.help === true) return print(HELP);
  if (values.version === true) return print(`${SIPGATE_CALL_VERSION}\n`);
  if (values["env-file"] !== undefined) process.loadEnvFile(values["env-file"]);
  const [command, program, ...more] = positionals;
  const unexpected = command === "install" ? more[0] : program;
  if (unexpected !== undefined) throw new TypeError(`Unexpected argument '${unexpected}'`);
  switch (command) {
    case "log":
      return (await import("./show-log.js")).showLog(values);
    case "install": {
      if (values.http !== undefined || values["allow-host"].length > 0)
        throw new TypeError(
          "install sets up a server over stdin and stdout: without --http and --allow-host.",
        );
      const { install } = await import("./install/install.js");
      return install({ program, yes: values.yes, start: startOf(values) });
    }
    case undefined:
      return values.http === undefined ? serveStdio(values) : serveHttp(values, values.http);
    default:
      throw new TypeError(`Unknown command '${command}'`);
  }
}

interface Values {
  readonly sandbox: boolean;
  readonly rules?: string | undefined;
  readonly "env-file"?: string | undefined;
  readonly "allow-host": readonly string[];
}

async function serveStdio({ sandbox, rules }: Values): Promise<undefined> {
  const { serveOverStdio } = await import("./server/serve-stdio.js");
  serveOverStdio({ sandbox, rules, askBy: ["client", "page"] });
}

/** A page on this machine is of no use to a person elsewhere: it's shown only if the rules say so. */
async function serveHttp(
  { sandbox, rules, "allow-host": allowHosts }: Values,
  http: string,
): Promise<undefined> {
  if (!/^\d{1,5}$/.test(http) || Number(http) > 65_535) throw new TypeError("--http takes a port.");
  const { keepHeapSmall } = await import("./server/small-heap.js");
  keepHeapSmall();
  const { httpToken } = await import("./server/http-token.js");
  const { PATH, serveOverHttp } = await import("./server/serve-http.js");
  const { token, from } = httpToken(sandbox);
  const settings = { sandbox, rules, askBy: ["client"] as const, allowHosts, token };
  const port = await serveOverHttp({ ...settings, port: Number(http) });
  process.stderr.write(`Serving at http://127.0.0.1:${port}${PATH}. The bearer token is in ${from}.\n`);
}

/** How a program starts this server: by whole paths, so no name is looked up anywhere. */
function startOf({ sandbox, rules, "env-file": envFile }: Values) {
  const options = [
    ...(sandbox ? ["--sandbox"] : []),
    ...(rules === undefined ? [] : ["--rules", resolve(rules)]),
    ...(envFile === undefined ? [] : ["--env-file", resolve(envFile)]),
  ];
  return { command: process.execPath, args: [realpathSync(process.argv[1] ?? ""), ...options] };
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
