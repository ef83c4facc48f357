// Programs that use the tools: the protocol's own two client libraries, of both eras, unchanged, with the built command.
import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { Client as NewClient, StreamableHTTPClientTransport as NewHttp } from "@modelcontextprotocol/client";
import { StdioClientTransport as NewStdio } from "@modelcontextprotocol/client/stdio";
import { Client as OldClient } from "@modelcontextprotocol/sdk/client/index.js";
import { StdioClientTransport as OldStdio } from "@modelcontextprotocol/sdk/client/stdio.js";
import { StreamableHTTPClientTransport as OldHttp } from "@modelcontextprotocol/sdk/client/streamableHttp.js";
import { ElicitRequestSchema } from "@modelcontextprotocol/sdk/types.js";
import type { Sandbox } from "sipgate-sandbox";

export const COMMAND = fileURLToPath(new URL("../dist/main.cjs", import.meta.url));

/** What a person answers to a question; `undefined`: the program can't ask. */
export type Person = ((message: string) => "yes" | "no" | "accept-without-yes" | "cancel") | undefined;

/** What the answers of all tools hold together. A test knows which of it is in the answer that it reads. */
export interface AnswerData {
  readonly sandbox: boolean;
  readonly plan: { readonly token: string; readonly points: readonly string[] };
  readonly call: { readonly callId: string };
  readonly done: { readonly command: string };
  readonly outcome: { readonly cause: string; readonly remedy: string };
  readonly error: { readonly code: string; readonly placed: string; readonly problems: readonly Problem[] };
  readonly result: {
    readonly contacts: readonly { readonly name: string }[];
    readonly devices: readonly { readonly id: string }[];
  };
}

interface Problem {
  readonly code: string;
}

export interface ToolOfServer {
  readonly name: string;
  readonly description?: string | undefined;
  readonly annotations?: { readonly readOnlyHint?: boolean | undefined } | undefined;
  readonly outputSchema?: Readonly<Record<string, unknown>> | undefined;
}

/** What is read of a library's result of a tool. */
interface ToolResult {
  readonly [name: string]: unknown;
  readonly content?: readonly { readonly type: string; readonly text?: string }[];
}

export interface Answer {
  readonly text: string;
  readonly data: AnswerData;
  readonly isError: boolean;
}

export interface Agent {
  use(tool: string, input?: Record<string, unknown>, onProgress?: (message: string) => void): Promise<Answer>;
  tools(): Promise<readonly ToolOfServer[]>;
  close(): Promise<void>;
  /** The server's process. */
  readonly pid: number | null;
}

export interface AgentOptions {
  readonly person?: Person;
  readonly env?: Readonly<Record<string, string>>;
  readonly args?: readonly string[];
}

type Connect = (options: AgentOptions) => Promise<Agent>;

/** Names of the libraries and eras, and how each connects. */
export const LIBRARIES: Readonly<Record<string, Connect>> = {
  "client 1.x, with initialize": connectOld,
  "client 2.x, with initialize": (options) => connectNew(options, "legacy"),
  "client 2.x, without initialize": (options) => connectNew(options, { pin: "2026-07-28" }),
};

export function connect(options: AgentOptions): Promise<Agent> {
  return connectNew(options, { pin: "2026-07-28" });
}

async function connectOld({ person, env, args }: AgentOptions): Promise<Agent> {
  const client = new OldClient(INFO, { capabilities: capabilitiesOf(person) });
  if (person !== undefined)
    client.setRequestHandler(ElicitRequestSchema, (request) => answerOf(person, request.params.message));
  const transport = new OldStdio(serverOf(env, args));
  await client.connect(transport);
  return {
    pid: transport.pid,
    async use(name, input = {}, onProgress) {
      return read(await client.callTool({ name, arguments: input }, undefined, progress(onProgress)));
    },
    tools: async () => (await client.listTools()).tools,
    close: () => client.close(),
  };
}

type Negotiation = "legacy" | { readonly pin: string };

async function connectNew({ person, env, args }: AgentOptions, mode: Negotiation): Promise<Agent> {
  const client = new NewClient(INFO, { capabilities: capabilitiesOf(person), versionNegotiation: { mode } });
  if (person !== undefined)
    client.setRequestHandler("elicitation/create", (request) => answerOf(person, request.params.message));
  const transport = new NewStdio(serverOf(env, args));
  await client.connect(transport);
  return {
    pid: transport.pid,
    async use(name, input = {}, onProgress) {
      return read(await client.callTool({ name, arguments: input }, progress(onProgress)));
    },
    tools: async () => (await client.listTools()).tools,
    close: () => client.close(),
  };
}

/** A program on another machine, over HTTP. */
export async function connectOverHttp(
  url: string,
  token: string,
  era: "old" | "new",
  person: Person,
): Promise<Omit<Agent, "pid">> {
  const requestInit = { headers: { authorization: `Bearer ${token}` } };
  if (era === "old") {
    const client = new OldClient(INFO, { capabilities: capabilitiesOf(person) });
    if (person !== undefined)
      client.setRequestHandler(ElicitRequestSchema, (request) => answerOf(person, request.params.message));
    await client.connect(new OldHttp(new URL(url), { requestInit }) as Parameters<OldClient["connect"]>[0]);
    return {
      use: async (name, input = {}) => read(await client.callTool({ name, arguments: input })),
      tools: async () => (await client.listTools()).tools,
      close: () => client.close(),
    };
  }
  const versionNegotiation = { mode: { pin: "2026-07-28" } };
  const client = new NewClient(INFO, { capabilities: capabilitiesOf(person), versionNegotiation });
  if (person !== undefined)
    client.setRequestHandler("elicitation/create", (request) => answerOf(person, request.params.message));
  await client.connect(new NewHttp(new URL(url), { requestInit }));
  return {
    use: async (name, input = {}) => read(await client.callTool({ name, arguments: input })),
    tools: async () => (await client.listTools()).tools,
    close: () => client.close(),
  };
}

const INFO = { name: "test-agent", version: "1.0" };

const capabilitiesOf = (person: Person) => (person === undefined ? {} : { elicitation: { form: {} } });

function serverOf(env: Readonly<Record<string, string>> = {}, args: readonly string[] = []) {
  return { command: process.execPath, args: [COMMAND, ...args], env: { ...env }, stderr: "inherit" as const };
}

function answerOf(person: Exclude<Person, undefined>, message: string) {
  const said = person(message);
  if (said === "cancel") return { action: "cancel" as const };
  if (said === "accept-without-yes") return { action: "accept" as const, content: { yes: false } };
  if (said === "no") return { action: "decline" as const };
  return { action: "accept" as const, content: { yes: true } };
}

function progress(onProgress: ((message: string) => void) | undefined) {
  return onProgress === undefined
    ? {}
    : { onprogress: ({ message }: { message?: string | undefined }) => onProgress(message ?? "") };
}

export function read({ content = [], structuredContent, isError }: ToolResult): Answer {
  return {
    text: content[0]?.text ?? "",
    data: structuredContent as AnswerData,
    isError: isError === true,
  };
}

/** Calls are allowed at any hour, so tests don't depend on it. */
export const ANY_HOUR = { hours: { from: "00:00", to: "24:00" } };

/** The environment of a server: its own folders, an account of the sandbox, and a person's rules. */
export function settingsOf(
  sandbox: Sandbox,
  rules: Readonly<Record<string, unknown>> = {},
  account = "classic",
) {
  const found = sandbox.accounts.find(({ name }) => name === account);
  if (found === undefined) throw new Error(`There is no account ${account}.`);
  return {
    ...foldersWith(rules),
    SIPGATE_BASE_URL: sandbox.baseUrl,
    SIPGATE_TOKEN_ID: found.tokenId ?? "",
    SIPGATE_TOKEN: found.token,
    SIPGATE_CALLER: "e0",
  };
}

export function foldersWith(rules: Readonly<Record<string, unknown>>) {
  const home = mkdtempSync(join(tmpdir(), "sipgate-call-mcp-"));
  const folders = {
    HOME: home,
    XDG_CONFIG_HOME: join(home, "config"),
    XDG_STATE_HOME: join(home, "state"),
    PATH: process.env.PATH ?? "",
  };
  writeRules(folders, { ...ANY_HOUR, ...rules });
  return folders;
}

/** Writes a person's rules, as the server finds them. */
export function writeRules(
  { XDG_CONFIG_HOME = "" }: Readonly<Record<string, string>>,
  rules: Readonly<Record<string, unknown>> | string,
): void {
  const folder = join(XDG_CONFIG_HOME, "sipgate-call");
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "agents.json"), typeof rules === "string" ? rules : JSON.stringify(rules));
}
