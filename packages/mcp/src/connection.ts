// From the environment to a client of an account: a token, or the sign-in of sipgate-call.
import {
  type Client,
  type ClientOptions,
  createClient,
  type EnvironmentOptions,
  InvalidSettingsError,
  openProfile,
  optionsFromEnvironment,
} from "sipgate-call";
import { codeOf, digest } from "./files/private-files.js";
import type { Rules } from "./rules/rules.js";
import { type RuledClient, withRules } from "./rules/with-rules.js";

export interface Connection {
  readonly client: Client;
  /** Identifies the account and its server. Holds no secret. */
  readonly account: string;
  readonly sandbox: boolean;
  /** What rings first if a plan doesn't say: an extension or a number. */
  readonly caller: string | undefined;
  readonly callerId: string | undefined;
  readonly deviceId: string | undefined;
  readonly defaultCountry: string | undefined;
  /** The client, kept within rules. */
  guarded(rules: Rules): RuledClient;
}

/** @param folder of the state, with the calls that rules count */
export function connect(sandbox: boolean, folder: string): Promise<Connection> {
  return sandbox ? connectToSandbox(folder) : connectToSipgate(folder);
}

async function connectToSipgate(folder: string): Promise<Connection> {
  const { SIPGATE_TOKEN_ID, SIPGATE_PROFILE } = process.env;
  const { credentials, baseUrl, ...options } = optionsFromEnvironment(process.env);
  if (credentials === undefined || SIPGATE_PROFILE) {
    const name = SIPGATE_PROFILE || "default";
    const signedIn = await openProfile(name).catch((error: unknown) => {
      throw SIPGATE_PROFILE ? error : noCredentials();
    });
    return connection({ ...options, ...signedIn }, `profile ${name} ${signedIn.baseUrl}`, folder);
  }
  const account = `${baseUrl ?? "sipgate"} ${SIPGATE_TOKEN_ID ?? digest(process.env.SIPGATE_ACCESS_TOKEN ?? "")}`;
  return connection({ ...options, credentials, baseUrl }, account, folder);
}

function connection(
  options: EnvironmentOptions & Pick<ClientOptions, "credentials">,
  account: string,
  folder: string,
): Connection {
  const { SIPGATE_CALLER, SIPGATE_CALLER_ID, SIPGATE_DEVICE_ID } = process.env;
  const { defaultCountry } = options;
  const client = createClient(options);
  return {
    client,
    account,
    sandbox: false,
    caller: SIPGATE_CALLER || undefined,
    callerId: SIPGATE_CALLER_ID || undefined,
    deviceId: SIPGATE_DEVICE_ID || undefined,
    defaultCountry,
    guarded: (rules) => withRules(client, rules, { folder, defaultCountry }),
  };
}

function noCredentials(): InvalidSettingsError {
  return new InvalidSettingsError([
    {
      field: "credentials",
      code: "missing",
      message: "Nobody is signed in, and there is no token in the environment of this server.",
      remedy:
        "A person signs in with sipgate-call login, or gives this server SIPGATE_TOKEN_ID and SIPGATE_TOKEN in its environment. To try it without an account, start it with --sandbox.",
    },
  ]);
}

/** Starts a sandbox within this process. No real phone rings there. */
async function connectToSandbox(folder: string): Promise<Connection> {
  const { createSandbox } = await loadSandbox();
  const sandbox = await createSandbox();
  const { baseUrl, tokenId, token } = process.env.SIPGATE_PLATFORM === "neo" ? sandbox.neo : sandbox.classic;
  const client = createClient({ credentials: { tokenId, token }, baseUrl });
  return {
    client,
    account: `sandbox ${baseUrl}`,
    sandbox: true,
    caller: "e0",
    callerId: undefined,
    deviceId: undefined,
    defaultCountry: undefined,
    guarded: (rules) => withRules(client, rules, { folder }),
  };
}

async function loadSandbox(): Promise<typeof import("sipgate-sandbox")> {
  try {
    return await import("sipgate-sandbox");
  } catch (error) {
    if (codeOf(error) !== "ERR_MODULE_NOT_FOUND" && codeOf(error) !== "MODULE_NOT_FOUND") throw error;
    throw new InvalidSettingsError([
      {
        field: "--sandbox",
        code: "not-installed",
        message: "The package sipgate-sandbox isn't installed beside this one.",
        remedy: "Make its archive in the clone of the project with npm run pack, and install that.",
      },
    ]);
  }
}
