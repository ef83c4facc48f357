// A sipgate on this machine, within this process. No real phone rings there.
import { createClient, type IdempotencyStore, InvalidSettingsError } from "sipgate-call";
import type { Sandbox } from "sipgate-sandbox";
import type { Profile } from "./accounts.js";

/** What is dialled to ring the page that is the other party's phone, and the device that it is. */
const OTHER_PARTY = { number: "+493023125010", device: "e7" } as const;

/** @param pushUrl where it pushes events of calls: they show that phones ring */
export async function startSandbox(pushUrl: string): Promise<Sandbox> {
  const { createSandbox } = await loadSandbox();
  const phones = { callees: { [OTHER_PARTY.number]: OTHER_PARTY.device } };
  // Without sipgate-sandbox-phones no browser can be a phone; everything else works.
  return createSandbox({ pushUrl, phones }).catch(() => createSandbox({ pushUrl }));
}

/**
 * Its two accounts, one for each platform of sipgate's.
 *
 * @param idempotencyStore of call lists
 */
export function sandboxProfiles(
  sandbox: Sandbox,
  idempotencyStore: IdempotencyStore | undefined,
): [Profile, Profile] {
  const profile = (name: "classic" | "neo") => {
    const { baseUrl, tokenId, token } = sandbox[name];
    const credentials = { tokenId, token };
    const client = createClient({ credentials, baseUrl, platform: name, idempotencyStore });
    return { name, client, sandboxUrl: baseUrl };
  };
  return [profile("classic"), profile("neo")];
}

async function loadSandbox(): Promise<typeof import("sipgate-sandbox")> {
  try {
    return await import("sipgate-sandbox");
  } catch (error) {
    const code: unknown = error instanceof Error ? Reflect.get(error, "code") : undefined;
    if (code !== "ERR_MODULE_NOT_FOUND" && code !== "MODULE_NOT_FOUND") throw error;
    throw new InvalidSettingsError([
      {
        field: "--sandbox",
        code: "not-installed",
        message: "The package sipgate-sandbox isn't installed beside this one.",
        remedy: "Install it, or sign in with sipgate-call login.",
      },
    ]);
  }
}
