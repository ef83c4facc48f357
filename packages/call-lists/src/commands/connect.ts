// From the environment to somebody who calls: a client of the account, and the agent with their phone.
import {
  type Client,
  type ClientOptions,
  createClient,
  InvalidSettingsError,
  openProfile,
  type Platform,
  readPhoneNumber,
} from "sipgate-call";
import type { Database } from "../database/database.js";
import { ListsError } from "../lists-error.js";
import { type AttemptStore, createAttemptStore } from "../work/attempt-store.js";
import { type Shift, startShift } from "../work/shift.js";
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

/** Somebody at work, and what has to be closed afterwards. */
export interface AtWork {
  readonly shift: Shift;
  close(): Promise<void>;
}

/**
 * @throws ListsError if it isn't said who calls, or the account is on neo
 * @throws CallError if sipgate can't be reached or refuses the credentials
 */
export async function goToWork(database: Database, list: string, input: Input): Promise<AtWork> {
  const inSandbox = input.flag("sandbox");
  const agent = required(input.text("agent") ?? process.env.SIPGATE_AGENT, "--agent NAME", "SIPGATE_AGENT");
  const phone = input.text("caller") ?? process.env.SIPGATE_CALLER ?? (inSandbox ? "e0" : undefined);
  const caller = required(phone, "--caller EXT", "SIPGATE_CALLER");
  const deviceId = input.text("device") ?? (process.env.SIPGATE_DEVICE_ID || undefined);
  const callerId = await e164Of(process.env.SIPGATE_CALLER_ID);
  const store = createAttemptStore(database);
  const { client, close } = await connect(inSandbox, store);
  try {
    const shift = await startShift(database, store, { client, list, agent, caller, deviceId, callerId });
    return { shift, close };
  } catch (error) {
    await close();
    throw error;
  }
}

function required(value: string | undefined, option: string, variable: string): string {
  if (value) return value;
  throw new ListsError("usage", `${option} is missing.`, `Add it, or set ${variable}.`);
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
