// Secure connections that don't come about: each reason has its own words and its own remedy, and nothing was dialled.
import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { oauthCredentials } from "sipgate-call";
import type { Sandbox } from "sipgate-sandbox";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { CREDENTIALS, strictSandbox } from "./support.js";
import { newFolder, sipgateCall } from "./terminal.js";

let sandbox: Sandbox;
let folder: string;
let authority: string;

beforeAll(async () => {
  sandbox = await strictSandbox();
  folder = newFolder();
  authority = join(folder, "authority.pem");
  writeFileSync(authority, sandbox.certificateAuthority);
});
afterAll(async () => {
  rmSync(folder, { recursive: true });
  await sandbox.close();
});

const REASONS = [
  ["not-tls", "doesn't speak TLS", "scheme and port"],
  ["expired", "has expired, or isn't valid yet", "date and time"],
  ["wrong-host", "certificate of another host", "host's name"],
  ["self-signed", "signed by itself, or by an authority that isn't known", "NODE_EXTRA_CA_CERTS"],
] as const;

describe("a call", () => {
  it.each(REASONS)("%s", async (kind, message, remedy) => {
    const env = {
      SIPGATE_TOKEN_ID: CREDENTIALS.tokenId,
      SIPGATE_TOKEN: CREDENTIALS.token,
      SIPGATE_BASE_URL: await sandbox.endpoint(kind),
      NODE_EXTRA_CA_CERTS: authority,
    };
    const args = ["+493023125000", "--caller", "e0", "--platform", "classic", "--no-preflight", "--json"];
    const { err } = await sipgateCall(args, { env });
    const error = JSON.parse(err);
    expect(error).toMatchObject({ code: "network", placed: "no" });
    expect(error.message).toContain(message);
    expect(error.remedy).toContain(remedy);
    // Nobody else's words.
    for (const [other, words] of REASONS) if (other !== kind) expect(error.message).not.toContain(words);
  });

  it("an authority that isn't trusted", async () => {
    const env = { SIPGATE_ACCESS_TOKEN: "x", SIPGATE_BASE_URL: await sandbox.endpoint("trusted") };
    const { err } = await sipgateCall(["whoami", "--json"], { env });
    expect(JSON.parse(err).remedy).toContain("NODE_EXTRA_CA_CERTS");
  });
});

it.each(["not-tls", "self-signed"] as const)("a renewal at the login: %s", async (kind) => {
  const expired = { accessToken: "a", askedAtMs: 0, expiresInSeconds: 300, refreshToken: "r" };
  let stored: object = expired;
  const credentials = oauthCredentials({
    clientId: "client",
    loginUrl: (await sandbox.endpoint(kind)).replace("/v2", ""),
    store: {
      load: async () => expired,
      save: async (tokens) => {
        stored = tokens;
      },
      exclusively: (work) => work(),
    },
  });
  const error = await credentials.validToken().catch((thrown: unknown) => thrown);
  const [, message] = REASONS.find(([name]) => name === kind) ?? [];
  expect(error).toMatchObject({
    code: "network",
    placed: "no",
    message: expect.stringContaining(message ?? ""),
  });
  expect(error).toMatchObject({ remedy: expect.not.stringContaining("base URL") });
  expect(stored).toEqual(expired); // Nothing was sent, so the refresh token isn't spent.
});
