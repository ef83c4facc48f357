import { parseArgs } from "node:util";
import { hostNameProblem } from "../http/trusted-hosts.js";
import { originProblem } from "../http/trusted-origins.js";
import { DEFAULT_KEEP, MOST_TO_KEEP, type SandboxOptions } from "../options.js";
import { calleeProblem, type PhonesOptions } from "../phones/phones-options.js";
import { pushUrlProblem } from "../push/push-url.js";

/** The default of --port. */
export const DEFAULT_PORT = 8888;

/** The default of --sip-port. SIP's own, 5060, is often taken: phones on the same machine listen there. */
export const DEFAULT_SIP_PORT = 5070;

/** What the command line asks for. */
export type Command =
  | { readonly kind: "help" }
  | { readonly kind: "version" }
  | { readonly kind: "wrong"; readonly problems: readonly string[] }
  | Serve;

export interface Serve {
  readonly kind: "serve";
  readonly options: SandboxOptions & { readonly port: number; readonly host: string };
  readonly json: boolean;
  /** Whether each SIP message is printed. */
  readonly sipTrace: boolean;
}

const OPTIONS = {
  port: { type: "string" },
  host: { type: "string" },
  keep: { type: "string" },
  "allow-host": { type: "string", multiple: true },
  cors: { type: "string", multiple: true },
  "push-url": { type: "string" },
  phones: { type: "boolean" },
  "sip-port": { type: "string" },
  callee: { type: "string", multiple: true },
  "sip-trace": { type: "boolean" },
  strict: { type: "boolean" },
  json: { type: "boolean" },
  help: { type: "boolean", short: "h" },
  version: { type: "boolean", short: "v" },
} as const;

/** Decodes the arguments. Collects all problems instead of stopping at the first. */
export function parseArguments(args: readonly string[]): Command {
  const { values, tokens } = parseArgs({
    args: [...args],
    options: OPTIONS,
    strict: false,
    allowPositionals: true,
    tokens: true,
  });
  const problems = tokens.flatMap(problemsOf);
  const {
    port = String(DEFAULT_PORT),
    host = "127.0.0.1",
    keep = String(DEFAULT_KEEP),
    "push-url": pushUrl,
  } = values;
  if (typeof port === "string" && !isPort(port)) {
    problems.push("--port must be a whole number from 0 to 65535");
  }
  if (typeof keep === "string" && !(isNumber(keep) && Number(keep) >= 1 && Number(keep) <= MOST_TO_KEEP)) {
    problems.push(`--keep must be a whole number from 1 to ${MOST_TO_KEEP}`);
  }
  if (typeof host === "string" && host.trim() === "") problems.push("--host must not be blank");
  const allowHosts = textsIn(values["allow-host"]);
  const cors = textsIn(values.cors);
  problems.push(...problemsOfEach("--allow-host", allowHosts, hostNameProblem));
  problems.push(...problemsOfEach("--cors", cors, originProblem));
  const pushProblem = typeof pushUrl === "string" ? pushUrlProblem(pushUrl) : undefined;
  if (pushProblem !== undefined) problems.push(`--push-url ${pushProblem}`);
  const phones = phonesFrom(values, problems);
  if (problems.length > 0) return { kind: "wrong", problems };
  if (values.help === true) return { kind: "help" };
  if (values.version === true) return { kind: "version" };
  return {
    kind: "serve",
    options: {
      port: Number(port),
      host: String(host),
      strict: values.strict === true,
      keep: Number(keep),
      allowHosts,
      cors,
      ...(typeof pushUrl === "string" ? { pushUrl } : {}),
      ...(phones === undefined ? {} : { phones }),
    },
    json: values.json === true,
    sipTrace: values["sip-trace"] === true,
  };
}

/** The options for phones; `undefined` without `--phones`. */
function phonesFrom(values: Values, problems: string[]): PhonesOptions | undefined {
  const { "sip-port": sipPort = String(DEFAULT_SIP_PORT) } = values;
  if (typeof sipPort === "string" && !isPort(sipPort)) {
    problems.push("--sip-port must be a whole number from 0 to 65535");
  }
  const callees = textsIn(values.callee).map((text): [string, string] => {
    const equals = text.indexOf("=");
    return [text.slice(0, Math.max(equals, 0)), text.slice(equals + 1)];
  });
  for (const [number, deviceId] of callees) {
    const problem = calleeProblem(number, deviceId);
    if (problem !== undefined) problems.push(`--callee ${problem}: --callee +493023125010=e7`);
  }
  if (values.phones === true) return { sipPort: Number(sipPort), callees: Object.fromEntries(callees) };
  const unused = ["sip-port", "callee", "sip-trace"].find((name) => values[name] !== undefined);
  if (unused !== undefined) problems.push(`--${unused} needs --phones`);
  return undefined;
}

type Values = ReturnType<typeof parseArgs>["values"];
type Token = NonNullable<ReturnType<typeof parseArgs>["tokens"]>[number];

function problemsOf(token: Token): string[] {
  if (token.kind === "positional") return [`unexpected argument ${JSON.stringify(token.value)}`];
  if (token.kind === "option-terminator") return [];
  const option = Object.hasOwn(OPTIONS, token.name) ? OPTIONS[token.name as keyof typeof OPTIONS] : undefined;
  if (option === undefined) return [`unknown option ${token.rawName}`];
  if (option.type === "string" && token.value === undefined) return [`${token.rawName} needs a value`];
  if (option.type === "boolean" && token.value !== undefined) return [`${token.rawName} takes no value`];
  return [];
}

/** What was given for an option that may be repeated. An option without its value is a problem of its own. */
function textsIn(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((item) => typeof item === "string") : [];
}

function problemsOfEach(
  option: string,
  values: readonly string[],
  problemOf: (value: string) => string | undefined,
): string[] {
  return values.flatMap((value) => {
    const problem = problemOf(value);
    return problem === undefined ? [] : [`${option} ${problem}`];
  });
}

function isPort(text: string): boolean {
  return isNumber(text) && Number(text) <= 65_535;
}

function isNumber(text: string): boolean {
  return /^\d{1,7}$/.test(text);
}
