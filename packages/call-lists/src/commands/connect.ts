// From the environment to somebody who calls: a client of the account, and the agent with their phone.
import {
  type Client,
  type ClientOptions,
  type Clock,
  createClient,
  InvalidSettingsError,
  openProfile,
  type Platform,
  readPhoneNumber,
} from "sipgate-call";
import type { Database } from "../database/database.js";
import { agentCalled, type List } from "../lists/lists.js";
import { ListsError } from "../lists-error.js";
import type { ShownNumber } from "../rules/rules.js";
import { type AttemptStore, createAttemptStore } from "../work/attempt-store.js";
import type { Agent, Calling } from "../work/dial-contact.js";
import type { Input, OptionSpec } from "./command.js";

export const AGENT_OPTIONS: Readonly<Record<string, OptionSpec>> = {
  agent: { type: "string", placeholder: "NAME", description: "who calls (default: SIPGATE_AGENT)" },
  caller: {
    type: "string",
    placeholder: "EXT|NUMBER",
    description: "the agent's phone, which rings first (default: SIPGATE_CALLER)",
  },
  device: {
    type: "string",
    placeholder: "EXT",
    description: "extension that is billed, if the caller is a number (default: SIPGATE_DEVICE_ID)",
  },
  sandbox: {
    type: "boolean",
    description: "use the embedded sandbox: no account needed, no real phone rings",
  },
};

export interface AtWork {
  readonly calling: Calling;
  readonly agent: Agent;
  close(): Promise<void>;
}

const clock: Clock = {
  now: () => new Date(),
  monotonicMs: () => performance.now(),
  after(delayMs, run) {
    const timer = setTimeout(run, delayMs);
    return () => clearTimeout(timer);
  },
};

/**
 * @throws ListsError if it isn't said who calls, or the account is on neo
 * @throws CallError if sipgate can't be reached or refuses the credentials
 */
export async function goToWork(database: Database, list: List, input: Input): Promise<AtWork> {
  const name = required(input.text("agent") ?? process.env.SIPGATE_AGENT, "--agent NAME", "SIPGATE_AGENT");
  const caller =
    input.text("caller") ?? process.env.SIPGATE_CALLER ?? (input.flag("sandbox") ? "e0" : undefined);
  const store = createAttemptStore(database);
  const { client, close } = await connect(input.flag("sandbox"), store);
  try {
    await refuseNeo(client);
    const agent: Agent = {
      id: await agentCalled(database, name),
      caller: required(caller, "--caller EXT", "SIPGATE_CALLER"),
      deviceId: input.text("device") ?? (process.env.SIPGATE_DEVICE_ID || undefined),
      shownNumber: await shownNumberOf(client, list),
    };
    return { calling: { database, client, store, clock }, agent, close };
  } catch (error) {
    await close();
    throw error;
  }
}

function required(value: string | undefined, option: string, variable: string): string {
  if (value) return value;
  throw new ListsError("usage", `${option} is missing.`, `Add it, or set ${variable}.`);
}

/** On neo it isn't known whose phone rings first: the callee might be answered by nobody. */
async function refuseNeo(client: Client): Promise<void> {
  if ((await client.platform()) !== "neo") return;
  throw new ListsError(
    "neo",
    "The account is on sipgate neo, where it isn't known whose phone rings first: a callee might answer and hear nobody.",
    "Call lists work on sipgate classic.",
  );
}

/** The list's own, if it's one of the account's. */
async function shownNumberOf(client: Client, { callerId }: List): Promise<ShownNumber> {
  const number = callerId ?? (await e164Of(process.env.SIPGATE_CALLER_ID));
  if (number === undefined) return { number, isOwn: false };
  const own = await Promise.all((await client.numbers()).map((one) => e164Of(one.number)));
  return { number, isOwn: own.includes(number) };
}

async function e164Of(number: string | undefined): Promise<string | undefined> {
  if (!number) return undefined;
  const result = await readPhoneNumber(number);
  return result.ok ? result.number : undefined;
}

interface Connected {
  readonly client: Client;
  close(): Promise<void>;
}

async function connect(inSandbox: boolean, idempotencyStore: AttemptStore): Promise<Connected> {
  if (inSandbox) {
    const { createSandbox } = await loadSandbox();
    const sandbox = await createSandbox();
    const { baseUrl, classic } = sandbox;
    return {
      client: createClient({ credentials: classic, baseUrl, idempotencyStore }),
      close: () => sandbox.close(),
    };
  }
  const { SIPGATE_PLATFORM } = process.env;
  const client = createClient({
    ...(await credentials()),
    idempotencyStore,
    platform:
      SIPGATE_PLATFORM === "classic" || SIPGATE_PLATFORM === "neo"
        ? (SIPGATE_PLATFORM as Platform)
        : undefined,
  });
  return { client, close: async () => {} };
}

/** A token in the environment, or the sign-in of `sipgate-call login`. */
async function credentials(): Promise<Pick<ClientOptions, "credentials" | "baseUrl">> {
  const { SIPGATE_ACCESS_TOKEN, SIPGATE_TOKEN_ID, SIPGATE_TOKEN, SIPGATE_BASE_URL, SIPGATE_PROFILE } =
    process.env;
  const baseUrl = SIPGATE_BASE_URL || undefined;
  if (!SIPGATE_PROFILE && SIPGATE_ACCESS_TOKEN)
    return { credentials: { accessToken: SIPGATE_ACCESS_TOKEN }, baseUrl };
  if (!SIPGATE_PROFILE && (SIPGATE_TOKEN_ID || SIPGATE_TOKEN))
    return { credentials: { tokenId: SIPGATE_TOKEN_ID ?? "", token: SIPGATE_TOKEN ?? "" }, baseUrl };
  return openProfile(SIPGATE_PROFILE || "default").catch((error: unknown) => {
    if (SIPGATE_PROFILE) throw error;
    throw new InvalidSettingsError([
      {
        field: "credentials",
        code: "missing",
        message: "There is no token in the environment, and nobody is signed in.",
        remedy:
          "Set SIPGATE_TOKEN_ID and SIPGATE_TOKEN, or run `sipgate-call login`. To try it without an account, add --sandbox.",
      },
    ]);
  });
}

async function loadSandbox(): Promise<typeof import("sipgate-sandbox")> {
  try {
    return await import("sipgate-sandbox");
  } catch (error) {
    const code = error instanceof Error && "code" in error ? String(error.code) : "";
    if (!/MODULE_NOT_FOUND$/.test(code)) throw error;
    throw new ListsError(
      "not-installed",
      "The package sipgate-sandbox isn't installed beside this one.",
      "Make its archive in the clone of the project with npm run pack, and install that.",
    );
  }
}
