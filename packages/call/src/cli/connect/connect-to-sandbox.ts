import { InvalidSettingsError } from "../../call/errors.js";
import { systemCodeOf } from "../../call/text/system-code.js";
import type { Settings } from "../settings/settings.js";
import type { Output } from "../terminal/output.js";
import { type Connection, clientFor } from "./client-for.js";

/** Starts a sandbox on a free port of this machine and connects to it. No real phone rings there. */
export async function connectToSandbox(
  settings: Settings,
  output: Output,
  pushUrl?: string,
): Promise<Connection> {
  const { createSandbox } = await loadSandbox();
  const sandbox = await createSandbox(pushUrl === undefined ? {} : { pushUrl });
  const { baseUrl, tokenId, token } = settings.platform?.value === "neo" ? sandbox.neo : sandbox.classic;
  output.notice(`This is the embedded sandbox at ${baseUrl}: no real phone rings, nothing is charged.`);
  try {
    const parts = clientFor({ tokenId, token }, baseUrl, settings, output);
    return {
      ...parts,
      account: "sandbox",
      isOneUser: false,
      sandbox: true,
      stateInSandbox: (callId) => sandbox.calls.find(({ id }) => id === callId)?.state,
      pushKey: () => sandbox.pushPublicKey(),
      close: () => sandbox.close(),
    };
  } catch (error) {
    await sandbox.close(); // It would keep the program alive.
    throw error;
  }
}

async function loadSandbox(): Promise<typeof import("sipgate-sandbox")> {
  try {
    return await import("sipgate-sandbox");
  } catch (error) {
    if (systemCodeOf(error) !== "ERR_MODULE_NOT_FOUND") throw error;
    throw new InvalidSettingsError([
      {
        field: "--sandbox",
        code: "not-installed",
        message: "The package sipgate-sandbox isn't installed here.",
        remedy: "Make its archive in the clone of the project with npm run pack, and install that.",
      },
    ]);
  }
}
