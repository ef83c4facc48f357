import { inspect } from "node:util";
import { type ClientOptions, createClient, InvalidSettingsError } from "sipgate-call";
import { afterEach, describe, expect, it } from "vitest";
import { type AnsweringServer, answering } from "./answers.js";

const credentials = { tokenId: "token-ABC123", token: "secret" };
let server: AnsweringServer | undefined;

afterEach(async () => {
  await server?.close();
  server = undefined;
});

function problemsOf(options: unknown): string[] {
  try {
    createClient(options as ClientOptions);
    return [];
  } catch (error) {
    if (!(error instanceof InvalidSettingsError)) throw error;
    expect(error).toMatchObject({ code: "invalid-settings", placed: "no" });
    expect(inspect(error)).not.toContain("se cret");
    return error.problems.map(({ field }) => field);
  }
}

describe("settings that can't work", () => {
  it("are all named at once", () => {
    const wrong = {
      credentials: { tokenId: "a:b", token: "" },
      baseUrl: "nonsense",
      platform: "pro",
      timeoutMs: -1,
    };
    expect(problemsOf(wrong)).toEqual(["tokenId", "token", "baseUrl", "platform", "timeoutMs"]);
  });

  it.each(["de", "XX", "", "DEU", "__proto__", null, 49, {}])(
    "include the default country %j",
    (defaultCountry) => {
      expect(problemsOf({ credentials, defaultCountry })).toEqual(["defaultCountry"]);
    },
  );

  it.each(["DE", "AT", "US", undefined])("don't include the default country %j", (defaultCountry) => {
    expect(problemsOf({ credentials, defaultCountry })).toEqual([]);
  });

  it.each([
    ["localhost:8642/v2", "http://localhost:8642/v2"],
    ["127.0.0.1:8642/v2", "http://127.0.0.1:8642/v2"],
    ["api.sipgate.com/v2", "https://api.sipgate.com/v2"],
  ])("include the base URL %s, whose scheme is missing: it would be %s", (baseUrl, remedy) => {
    const create = () => createClient({ credentials, baseUrl });
    expect(create).toThrow(
      expect.objectContaining({
        message: expect.not.stringContaining("null"),
        remedy: expect.stringContaining(remedy),
      }),
    );
  });

  it("don't repeat a base URL without a scheme that holds credentials", () => {
    const create = () => createClient({ credentials, baseUrl: "user:secret@localhost:8642/v2" });
    expect(create).toThrow(expect.objectContaining({ remedy: expect.not.stringContaining("secret") }));
  });

  it("include no options at all, and options that don't exist", () => {
    expect(problemsOf(undefined)).toEqual(["credentials"]);
    expect(problemsOf({ credentials, baseURL: "http://127.0.0.1/v2" })).toEqual(["baseURL"]);
    expect(problemsOf({ credentials, baseUrl: new URL("https://api.sipgate.com/v2") })).toEqual(["baseUrl"]);
  });

  it.each([
    [undefined, ["credentials"]],
    [{}, ["credentials"]],
    [{ tokenId: "token-ABC123" }, ["token"]],
    [{ accessToken: "" }, ["accessToken"]],
    [{ accessToken: "se cret\r\nX-Evil: 1" }, ["accessToken"]],
    [{ tokenId: "token-ABC123", token: "se cret" }, ["token"]],
  ])("include the credentials %j", (given, expected) => {
    expect(problemsOf({ credentials: given })).toEqual(expected);
  });

  it.each([
    "http://api.sipgate.com/v2",
    "http://127.0.0.1.example.com/v2",
    "https://user:password@api.sipgate.com/v2",
    "https://api.sipgate.com/v2?x=1",
    "https://api.sipgate.com/v2?",
    "https://api.sipgate.com/v2 ",
    "ftp://api.sipgate.com",
  ])("include the base URL %s", (baseUrl) => {
    expect(problemsOf({ credentials, baseUrl })).toEqual(["baseUrl"]);
  });

  it.each([
    "https://api.sipgate.com/v2",
    "http://127.0.0.1:8080/v2",
    "http://localhost/v2/",
    "http://[::1]:1/v2",
  ])("don't include the base URL %s", (baseUrl) => {
    expect(problemsOf({ credentials, baseUrl })).toEqual([]);
  });
});

describe("credentials on the wire", () => {
  it.each([
    [
      "a personal access token",
      credentials,
      `Basic ${Buffer.from("token-ABC123:secret").toString("base64")}`,
    ],
    ["an access token", { accessToken: "abc.def.ghi" }, "Bearer abc.def.ghi"],
    ["a function", () => Promise.resolve("fresh"), "Bearer fresh"],
  ])("are sent as a header: %s", async (_, given, header) => {
    server = await answering({ status: 200, body: '{"amount":1,"currency":"EUR"}' });
    await createClient({ credentials: given, baseUrl: server.baseUrl }).balance();
    expect(server.headers[0]?.authorization).toBe(header);
  });

  it("aren't sent if a function returns nothing usable", async () => {
    const client = createClient({ credentials: () => "se cret\n", baseUrl: "http://127.0.0.1:1/v2" });
    await expect(client.balance()).rejects.toMatchObject({ code: "invalid-settings" });
  });

  it("can't be seen in the client", () => {
    const client = createClient({ credentials: { tokenId: "token-ABC123", token: "unmistakable" } });
    expect(inspect(client, { depth: 9, showHidden: true }) + JSON.stringify(client)).not.toContain(
      "unmistakable",
    );
  });
});
