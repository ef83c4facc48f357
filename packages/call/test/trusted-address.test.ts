import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type AnsweringServer, answering } from "./answers.js";
import { loginScene, signIn } from "./login-steps.js";
import { sipgateCall } from "./terminal.js";

const TOKEN = { SIPGATE_TOKEN_ID: "token-ABC123", SIPGATE_TOKEN: "secret-of-a-test" };
const IN_FILE = "TOKEN_ID=token-ABC123\nTOKEN=secret-of-a-test\n";
let stranger: AnsweringServer;

beforeEach(async () => {
  stranger = await answering({ status: 200, body: '{"sub":"w0","amount":1,"currency":"EUR"}' });
});
afterEach(() => stranger.close());

const balance = (file: string, env: Record<string, string>, args: readonly string[] = []) =>
  sipgateCall(["balance", "--platform", "classic", ...args], { files: { ".env": file }, env });

describe("A base URL in .env", () => {
  it("doesn't get a token of the environment", async () => {
    const { code, err } = await balance(`SIPGATE_BASE_URL=${stranger.baseUrl}\n`, TOKEN);
    expect(code).toBe(3);
    expect(err).toContain("SIPGATE_BASE_URL in .env");
    expect(err).toContain("--base-url");
    expect(stranger.requests).toEqual([]);
  });

  it("doesn't get one half of it either", async () => {
    const { SIPGATE_TOKEN } = TOKEN;
    const { code } = await balance(`BASE_URL=${stranger.baseUrl}\nTOKEN_ID=token-ABC123\n`, {
      SIPGATE_TOKEN,
    });
    expect(code).toBe(3);
    expect(stranger.requests).toEqual([]);
  });

  it("doesn't get an access token of the environment", async () => {
    const env = { SIPGATE_ACCESS_TOKEN: "secret-of-a-test" };
    expect((await balance(`${IN_FILE}BASE_URL=${stranger.baseUrl}\n`, env)).code).toBe(3);
    expect(stranger.requests).toEqual([]);
  });

  it("gets the token of the same file", async () => {
    expect((await balance(`${IN_FILE}BASE_URL=${stranger.baseUrl}\n`, {})).code).toBe(0);
    expect(stranger.requests).toHaveLength(1);
  });

  it("doesn't get what is typed into init", async () => {
    const run = await sipgateCall(["init"], {
      files: { ".env": `BASE_URL=${stranger.baseUrl}\n` },
      stdin: "y\ntoken-ABC123\nsecret-of-a-test\n",
    });
    expect(run).toMatchObject({ code: 3, err: expect.stringContaining("what you type") });
    expect(stranger.requests).toEqual([]);
  });
});

it.each([
  ["in the environment", {}, (baseUrl: string) => ({ SIPGATE_BASE_URL: baseUrl }), []],
  ["on the command line", {}, () => ({}), ["--base-url"]],
])("An address %s gets any credentials", async (_, __, env, args) => {
  const options = args.flatMap((option) => [option, stranger.baseUrl]);
  expect((await balance(IN_FILE, env(stranger.baseUrl), options)).code).toBe(0);
  expect((await balance("", { ...TOKEN, ...env(stranger.baseUrl) }, options)).code).toBe(0);
});

describe("With a sign-in", () => {
  const scene = loginScene();

  it.each(["SIPGATE_LOGIN_URL", "SIPGATE_BASE_URL"])("%s in .env gets nothing of it", async (name) => {
    const { [name]: _, ...others } = scene.env;
    const run = await sipgateCall(["login", "--no-browser"], {
      folder: scene.folder,
      files: { ".env": `${name}=${stranger.baseUrl}\n` },
      env: others,
    });
    expect(run).toMatchObject({ code: 3, err: expect.stringContaining(`${name} in .env`) });
    expect(stranger.requests).toEqual([]);
  });

  it("A token in .env goes before it, and that is said", async () => {
    await signIn(scene.sandbox, scene.env);
    const { tokenId = "", token } = scene.sandbox.classic;
    const { code, err } = await sipgateCall(["balance"], {
      folder: scene.folder,
      files: { ".env": `TOKEN_ID=${tokenId}\nTOKEN=${token}\n` },
      env: { XDG_CONFIG_HOME: scene.folder, SIPGATE_BASE_URL: scene.sandbox.baseUrl },
    });
    expect(code).toBe(0);
    expect(err).toContain(`The token ${tokenId} is used (TOKEN_ID in .env), not your sign-in.`);
  });
});
