// A proxy in between: what goes through it, what doesn't, and what its refusals mean.
import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Sandbox } from "sipgate-sandbox";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type ConnectProxy, connectProxy } from "./connect-proxy.js";
import { strictSandbox } from "./support.js";
import { newFolder, type Run, sipgateCall } from "./terminal.js";

/** The sandbox has a certificate for this host, which doesn't exist: only a proxy can lead to it. */
const HOST = "elsewhere.invalid";
const SECRET = "p@ss%word";

let sandbox: Sandbox;
let folder: string;
let port: string;
const proxies: ConnectProxy[] = [];

beforeEach(async () => {
  sandbox = await strictSandbox({ allowHosts: [HOST] });
  folder = newFolder();
  writeFileSync(join(folder, "authority.pem"), sandbox.certificateAuthority);
  port = new URL(await sandbox.endpoint("wrong-host")).port;
});
afterEach(async () => {
  rmSync(folder, { recursive: true });
  await Promise.all(proxies.splice(0).map((proxy) => proxy.close()));
  await sandbox.close();
});

async function proxyThat(...args: Parameters<typeof connectProxy>): Promise<ConnectProxy> {
  const proxy = await connectProxy(...args);
  proxies.push(proxy);
  return proxy;
}

function run(args: readonly string[], env: Record<string, string>, files = {}): Promise<Run> {
  const { tokenId, token } = sandbox.classic;
  return sipgateCall(args, {
    env: {
      SIPGATE_TOKEN_ID: tokenId ?? "",
      SIPGATE_TOKEN: token,
      SIPGATE_BASE_URL: `https://${HOST}:${port}/v2`,
      NODE_EXTRA_CA_CERTS: join(folder, "authority.pem"),
      ...env,
    },
    files,
  });
}

const DIAL = ["dial", "+493023125000", "--caller", "e0", "--no-follow", "--json"];

describe("a call goes through the proxy", () => {
  it.each(["HTTPS_PROXY", "https_proxy"])("named by %s, with its credentials", async (variable) => {
    const proxy = await proxyThat();
    const { code, err } = await run(DIAL, {
      [variable]: `http://us%65r:${encodeURIComponent(SECRET)}@${proxy.address}`,
    });
    expect(err).toBe("");
    expect(code).toBe(0);
    expect(sandbox.calls).toHaveLength(1);
    expect(new Set(proxy.asked.map(({ target }) => target))).toEqual(new Set([`${HOST}:${port}`]));
    const authorization = `Basic ${Buffer.from(`user:${SECRET}`).toString("base64")}`;
    for (const one of proxy.asked) expect(one.authorization).toBe(authorization);
  });

  it("named by --proxy, rather than by a variable", async () => {
    const [proxy, other] = [await proxyThat(), await proxyThat()];
    const { code } = await run([...DIAL, "--proxy", proxy.address], {
      HTTPS_PROXY: `http://${other.address}`,
    });
    expect(code).toBe(0);
    expect(proxy.asked.length).toBeGreaterThan(0);
    expect(other.asked).toEqual([]);
  });

  it("whose connection to sipgate is lost afterwards: it isn't known whether it was placed", async () => {
    const proxy = await proxyThat();
    sandbox.faults.add({ how: "reset", method: "POST" });
    const { err } = await run([...DIAL, "--search-for", "0"], { HTTPS_PROXY: `http://${proxy.address}` });
    expect(JSON.parse(err.trim().split("\n").at(-1) ?? "")).toMatchObject({
      code: "network",
      placed: "unknown",
    });
    expect(sandbox.requests.filter(({ method }) => method === "POST")).toHaveLength(1);
  });
});

describe("no proxy is used", () => {
  it.each([
    ["NO_PROXY", "*"],
    ["NO_PROXY", "other.example, elsewhere.invalid"],
    ["no_proxy", ".invalid"],
    ["NO_PROXY", "*.invalid"],
    ["NO_PROXY", "INVALID."],
    ["NO_PROXY", "elsewhere.invalid:PORT"],
  ])("with %s=%s", async (variable, list) => {
    const proxy = await proxyThat();
    const env = { HTTPS_PROXY: `http://${proxy.address}`, [variable]: list.replace("PORT", port) };
    const { err } = await run([...DIAL, "--no-preflight"], env);
    expect(proxy.asked).toEqual([]);
    expect(JSON.parse(err)).toMatchObject({ code: "network", placed: "no" }); // There is no such host.
    expect(JSON.parse(err).message).toContain("can't be looked up");
  });

  it.each(["other.invalid", "where.invalid", "elsewhere.invalid:1", "invalid.elsewhere"])(
    "but with NO_PROXY=%s it is",
    async (list) => {
      const proxy = await proxyThat();
      const env = { HTTPS_PROXY: `http://${proxy.address}`, NO_PROXY: list };
      expect((await run([...DIAL, "--no-preflight"], env)).code).toBe(0);
      expect(proxy.asked.length).toBe(1);
    },
  );

  it.each(["trusted", "plain"] as const)("to this machine: %s", async (kind) => {
    const proxy = await proxyThat();
    const SIPGATE_BASE_URL = kind === "plain" ? sandbox.baseUrl : await sandbox.endpoint(kind);
    const env = {
      SIPGATE_BASE_URL,
      HTTPS_PROXY: `http://${proxy.address}`,
      HTTP_PROXY: `http://${proxy.address}`,
    };
    expect((await run([...DIAL, "--proxy", proxy.address], env)).code).toBe(0);
    expect(proxy.asked).toEqual([]);
  });

  it("if .env names one: a stranger may have written it", async () => {
    const proxy = await proxyThat();
    const lines = ["HTTPS_PROXY", "https_proxy", "SIPGATE_PROXY", "PROXY", "proxy"].map(
      (name) => `${name}=http://${proxy.address}`,
    );
    const files = { ".env": [...lines, "NODE_EXTRA_CA_CERTS=stranger.pem"].join("\n") };
    const { code } = await run(DIAL, { SIPGATE_BASE_URL: await sandbox.endpoint("trusted") }, files);
    expect(code).toBe(0);
    const { err } = await run([...DIAL, "--no-preflight"], {}, files);
    expect(JSON.parse(err).message).toContain("can't be looked up");
    expect(proxy.asked).toEqual([]);
  });
});

describe("nothing was dialled, and it's said what to do, if the proxy", () => {
  it.each([
    [407, "asks for other credentials", "HTTPS_PROXY=http://NAME:PASSWORD@"],
    [401, "asks for other credentials", "HTTPS_PROXY=http://NAME:PASSWORD@"],
    [403, "doesn't allow a connection to elsewhere.invalid", "Ask the proxy's operator"],
    [502, "couldn't connect to elsewhere.invalid", "try again later"],
    [0, "no connection through the proxy", "Check the proxy's address"],
  ])("answers %d", async (status, message, remedy) => {
    const proxy = await proxyThat(() => status);
    const { err, out } = await run(DIAL, {
      HTTPS_PROXY: `http://user:${encodeURIComponent(SECRET)}@${proxy.address}`,
    });
    const error = JSON.parse(err.trim().split("\n").at(-1) ?? "");
    expect(error).toMatchObject({ code: "network", placed: "no" });
    expect(error.message).toContain(message);
    expect(error.message).toContain(proxy.address);
    expect(error.remedy).toContain(remedy);
    for (const secret of [
      SECRET,
      encodeURIComponent(SECRET),
      Buffer.from(`user:${SECRET}`).toString("base64"),
    ])
      expect(err + out).not.toContain(secret);
    expect(sandbox.requests).toEqual([]);
  });

  it("can't be reached", async () => {
    const proxy = await proxyThat();
    await proxy.close();
    const { err } = await run([...DIAL, "--no-preflight"], { HTTPS_PROXY: `http://${proxy.address}` });
    expect(JSON.parse(err)).toMatchObject({ code: "network", placed: "no" });
    expect(JSON.parse(err).message).toContain(`no connection through the proxy ${proxy.address}`);
  });
});

it.each([
  ["expired", "has expired"],
  ["trusted", "certificate of another host"],
  ["self-signed", "NODE_EXTRA_CA_CERTS"],
  ["not-tls", "doesn't speak TLS"],
] as const)("behind a proxy, too, a certificate's failure has its own words: %s", async (kind, words) => {
  const proxy = await proxyThat();
  const { port: other } = new URL(await sandbox.endpoint(kind));
  const env = { HTTPS_PROXY: `http://${proxy.address}`, SIPGATE_BASE_URL: `https://${HOST}:${other}/v2` };
  const { err } = await run([...DIAL, "--no-preflight"], env);
  expect(JSON.parse(err)).toMatchObject({ code: "network", placed: "no" });
  expect(err).toContain(words);
  expect(proxy.asked.length).toBeGreaterThan(0);
});

describe("an address that can't be used", () => {
  it("with credentials in --proxy, which other users of the machine can see", async () => {
    const { code, err } = await run([...DIAL, "--proxy", `http://user:${SECRET}@127.0.0.1:1`], {});
    expect(code).toBe(3);
    expect(err).toContain("HTTPS_PROXY");
    expect(err).not.toContain("ss%word");
  });

  it.each([
    "socks5://127.0.0.1:1080",
    "http://",
    "http://a b",
    "http://proxy.example/path",
    "ftp://proxy.example",
  ])("%s", async (address) => {
    const { code, err } = await run(DIAL, { HTTPS_PROXY: address });
    expect(code).toBe(3);
    expect(JSON.parse(err).problems ?? err).toBeTruthy();
    expect(err).toContain("HTTPS_PROXY");
    expect(sandbox.requests).toEqual([]);
  });
});

it("an address that only other programs can use doesn't matter to this machine", async () => {
  const env = { SIPGATE_BASE_URL: sandbox.baseUrl, HTTPS_PROXY: "socks5://127.0.0.1:1080" };
  expect((await run(DIAL, env)).code).toBe(0);
});

it("a sign-in is renewed through the proxy, too", async () => {
  const proxy = await proxyThat();
  const origin = `https://${HOST}:${port}`;
  const profile = {
    client: { clientId: "client", loginUrl: origin },
    baseUrl: `${origin}/v2`,
    tokens: { accessToken: "a.e30.c", askedAtMs: 0, expiresInSeconds: 300, refreshToken: "r" },
  };
  const file = join(folder, "sipgate-call", "profiles");
  const { mkdirSync } = await import("node:fs");
  mkdirSync(file, { recursive: true, mode: 0o700 });
  writeFileSync(join(file, "default.json"), JSON.stringify(profile), { mode: 0o600 });
  const { err } = await run(["whoami", "--json"], {
    SIPGATE_TOKEN_ID: "",
    SIPGATE_TOKEN: "",
    SIPGATE_BASE_URL: "",
    XDG_CONFIG_HOME: folder,
    HTTPS_PROXY: `http://${proxy.address}`,
  });
  expect(err).not.toBe("");
  expect(proxy.asked.map(({ target }) => target)).toContain(`${HOST}:${port}`);
  expect(sandbox.requests.map(({ path }) => path)).toContainEqual(expect.stringMatching(/\/token$/));
});
