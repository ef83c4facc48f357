// npx sipgate-sandbox
import { parseArgs } from "node:util";
import { HELP, introduction } from "./cli-text.js";
import { createSandbox, type Sandbox, type SandboxCall } from "./sandbox.js";

const DEFAULT_PORT = 8642;
const LOOPBACK = /^(?:127(?:\.\d{1,3}){3}|::1|localhost)$/;

const print = (text: string) => process.stdout.write(`${text}\n`);
const complain = (text: string) => process.stderr.write(`${text}\n`);

interface Wishes {
  readonly port: number;
  readonly host: string;
  readonly json: boolean;
}

async function main(argv: string[]): Promise<void> {
  if (argv.includes("--help") || argv.includes("-h")) return void print(HELP);
  if (argv.includes("--version")) return void print(SIPGATE_SANDBOX_VERSION);
  const wishes = understand(argv);
  if (wishes === undefined) return;
  const sandbox = await start(wishes);
  if (sandbox === undefined) return;
  if (!LOOPBACK.test(wishes.host))
    complain(`Warning: everyone who can reach ${wishes.host} can use this sandbox.`);
  const { baseUrl, classic, neo } = sandbox;
  print(wishes.json ? JSON.stringify({ ...classic, baseUrl, neo }) : introduction(sandbox));
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => void sandbox.close());
}

/** What was typed; undefined, with every problem named, where it can't be understood. */
function understand(argv: string[]): Wishes | undefined {
  const options = { port: { type: "string" }, host: { type: "string" }, json: { type: "boolean" } } as const;
  const { values, tokens } = parseArgs({
    args: argv,
    options,
    strict: false,
    allowPositionals: true,
    tokens: true,
  });
  const port = values.port === undefined ? DEFAULT_PORT : Number(values.port);
  const problems = [
    ...tokens.flatMap((token) => {
      if (token.kind === "positional") return [`"${token.value}" isn't expected.`];
      return token.kind === "option" && !(token.name in options)
        ? [`There is no option ${token.rawName}.`]
        : [];
    }),
    ...(Number.isInteger(port) && port >= 0 && port <= 65_535
      ? []
      : ["--port needs a number from 0 to 65535."]),
    ...(values.host === undefined || (typeof values.host === "string" && values.host !== "")
      ? []
      : ["--host needs an address."]),
  ];
  if (problems.length === 0)
    return { port, host: String(values.host ?? "127.0.0.1"), json: values.json === true };
  for (const problem of problems) complain(problem);
  complain("See sipgate-sandbox --help.");
  process.exitCode = 2;
  return undefined;
}

async function start({ port, host, json }: Wishes): Promise<Sandbox | undefined> {
  const observer = json
    ? {}
    : {
        request: ({ method, path, status }: { method: string; path: string; status: number }) =>
          void print(`${status} ${method} ${path}`),
        call: (call: SandboxCall) =>
          void print(`    ${call.caller} to ${call.callee}: ${call.state}${ending(call)}`),
      };
  try {
    return await createSandbox({ port, host }, observer);
  } catch (error) {
    const code = error instanceof Error && "code" in error ? error.code : undefined;
    const why =
      code === "EADDRINUSE"
        ? `port ${port} is in use: choose another with --port, or --port 0`
        : String(code ?? error);
    complain(`The sandbox can't start on ${host}: ${why}.`);
    process.exitCode = 1;
    return undefined;
  }
}

function ending({ end }: SandboxCall): string {
  return end === undefined ? "" : `, ${end.cause} (${end.party})`;
}

await main(process.argv.slice(2));
