// Options that a program takes from its environment, by the same variables as the command line.
import { createClient, InvalidSettingsError, optionsFromEnvironment } from "sipgate-call";
import { createSandbox } from "sipgate-sandbox";
import { describe, expect, it } from "vitest";

const NOTHING = {
  credentials: undefined,
  baseUrl: undefined,
  platform: undefined,
  defaultCountry: undefined,
};
const PAIR = { SIPGATE_TOKEN_ID: "token-ABC123", SIPGATE_TOKEN: "secret" };

describe("options from the environment", () => {
  it("make a client of the account that the variables name", async () => {
    const { neo, close } = await createSandbox();
    const { credentials, ...options } = optionsFromEnvironment({
      SIPGATE_TOKEN_ID: neo.tokenId,
      SIPGATE_TOKEN: neo.token,
      SIPGATE_BASE_URL: neo.baseUrl,
      SIPGATE_PLATFORM: "auto",
      SIPGATE_COUNTRY: "AT",
    });
    if (credentials === undefined) throw new Error("There are no credentials.");
    const client = createClient({ credentials, ...options });
    expect(await client.platform()).toBe("neo");
    const [planned] = await client.dryRun({ caller: "e0", callee: "+49 30 23125 000" });
    expect(planned?.url).toBe(`${neo.baseUrl}/calls`);
    // A number without a country code is dialled in Austria.
    await expect(client.dryRun({ caller: "e0", callee: "030 23125000" })).rejects.toMatchObject({
      code: "invalid-request",
    });
    await close();
  });

  it.each([
    [{}, NOTHING],
    [{ SIPGATE_TOKEN: "", SIPGATE_BASE_URL: "", SIPGATE_PLATFORM: "", SIPGATE_COUNTRY: "" }, NOTHING],
    [PAIR, { ...NOTHING, credentials: { tokenId: "token-ABC123", token: "secret" } }],
    [
      { ...PAIR, SIPGATE_ACCESS_TOKEN: "abc" },
      { ...NOTHING, credentials: { accessToken: "abc" } },
    ],
    [{ SIPGATE_TOKEN: "secret" }, { ...NOTHING, credentials: { tokenId: "", token: "secret" } }],
    [{ SIPGATE_PLATFORM: "neo" }, { ...NOTHING, platform: "neo" }],
  ])("of %j are %j", (environment, expected) => {
    expect(optionsFromEnvironment(environment)).toEqual(expected);
  });

  it("name the variable of a platform that doesn't exist, and what is missing of a token", () => {
    const wrong = () => optionsFromEnvironment({ SIPGATE_PLATFORM: "old" });
    expect(wrong).toThrow(InvalidSettingsError);
    expect(wrong).toThrow("SIPGATE_PLATFORM");
    const credentials = optionsFromEnvironment({ SIPGATE_TOKEN: "secret" }).credentials ?? {
      accessToken: "",
    };
    expect(() => createClient({ credentials })).toThrow(/tokenId: It's missing/);
  });
});
