// What dial asks sipgate for, and over which connections: nothing twice, and the call request on a connection that is surely fresh.
import { mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { type AddressInfo, connect, createServer, type Server } from "node:net";
import { join } from "node:path";
import { createSandbox, type Sandbox } from "sipgate-sandbox";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { newFolder, sipgateCall } from "./terminal.js";

let sandbox: Sandbox;
let state: string;
let authority: string;

beforeEach(async () => {
  sandbox = await createSandbox();
  state = newFolder();
  authority = join(state, "authority.pem");
  writeFileSync(authority, sandbox.certificateAuthority);
});
afterEach(async () => {
  rmSync(state, { recursive: true });
  await sandbox.close();
});

const remembered = () => join(state, "sipgate-call", "remembered");
const accounts = () => readdirSync(remembered()).filter((name) => name.startsWith("account-"));

/** Dials, and tells the exit code and what was asked for, in alphabetical order. */
async function dial(name: string, args: readonly string[] = [], { baseUrl = "", caller = "e0" } = {}) {
  const { tokenId = "", token } = sandbox.accounts.find((account) => account.name === name) ?? { token: "" };
  const before = sandbox.requests.length;
  const { code, err } = await sipgateCall(
    ["+493023125000", "--caller", caller, "--no-follow", "--yes", "--json", ...args],
    {
      env: {
        SIPGATE_TOKEN_ID: tokenId,
        SIPGATE_TOKEN: token,
        SIPGATE_BASE_URL: baseUrl || (await sandbox.endpoint("trusted")),
        NODE_EXTRA_CA_CERTS: authority,
        XDG_STATE_HOME: state,
      },
    },
  );
  const asked = sandbox.requests
    .slice(before)
    .map(({ method, path }) => `${method} ${path.replace("/v2", "")}`);
  return { code, err, asked: asked.sort() };
}

const ALWAYS = ["GET /balance", "GET /callrestrictions"];
const FIRST = [...ALWAYS, "GET /authorization/userinfo", "GET /channels", "GET /groups", "GET /w0/devices"];

describe("dial asks for nothing twice", () => {
  it.each([
    ["classic", "e0", "POST /sessions/calls"],
    ["neo", "e0", "POST /calls"],
    ["classic", "Desk phone", "POST /sessions/calls"],
    ["neo", "Desk phone", "POST /calls"],
  ])("on %s, called from %s", async (account, caller, asked) => {
    const first = await dial(account, [], { caller });
    expect(first).toMatchObject({ code: 0, asked: [...FIRST, asked].sort() });
  });
});

describe("user and platform that were found within the last hour", () => {
  it.each([
    ["classic", ["GET /w0/devices", "POST /sessions/calls"]],
    ["neo", ["GET /channels", "GET /w0/devices", "POST /calls"]],
  ])("aren't asked for again: %s", async (account, more) => {
    await dial(account);
    const again = await dial(account);
    expect(again).toMatchObject({ code: 0, asked: [...ALWAYS, ...more].sort() });
  });

  it("on neo save the call request that would be refused, without a preflight, too", async () => {
    expect((await dial("neo", ["--no-preflight"])).asked).toContain("POST /sessions/calls");
    await dial("neo");
    expect((await dial("neo", ["--no-preflight"])).asked).not.toContain("POST /sessions/calls");
  });

  it("are kept in a file that only the user reads, without token and number", async () => {
    await dial("classic");
    const path = join(remembered(), accounts()[0] ?? "");
    expect(statSync(path).mode & 0o077).toBe(0);
    expect(JSON.parse(readFileSync(path, "utf8"))).toEqual({
      userId: "w0",
      platform: "classic",
      at: expect.any(Number),
    });
    expect(path).not.toContain("token-");
  });

  it.each([
    ["another user", { userId: "w7", platform: "classic" }],
    ["the other platform", { userId: "w0", platform: "neo" }],
  ])("are forgotten if they are wrong: %s", async (_what, wrong) => {
    await dial("classic");
    rewrite((known) => ({ ...known, ...wrong }));
    const { code, asked } = await dial("classic");
    expect(code).toBe(0);
    expect(asked).toEqual(expect.arrayContaining([...FIRST, "POST /sessions/calls"]));
    expect(asked).not.toContain("POST /calls");
    expect((await dial("classic")).asked).not.toContain("GET /groups"); // Found anew, and kept.
  });

  it("a wrong classic on a neo account: the call is placed on neo, once", async () => {
    await dial("neo");
    rewrite((known) => ({ ...known, platform: "classic" }));
    const { code } = await dial("neo", ["--no-preflight"]);
    expect(code).toBe(0);
    expect(sandbox.calls).toHaveLength(2);
  });

  it.each([
    ["an hour ago", { at: Date.now() - 3_601_000 }],
    ["in the future", { at: Date.now() + 60_000 }],
    ["with a user that could be a path", { userId: "../w1" }],
  ])("don't count if they are from %s", async (_what, change) => {
    await dial("classic");
    rewrite((known) => ({ ...known, ...change }));
    expect((await dial("classic")).asked).toEqual([...FIRST, "POST /sessions/calls"].sort());
  });

  it("are forgotten after a refused call request", async () => {
    await dial("classic");
    sandbox.faults.add({ how: "answer", status: 403, method: "POST" });
    expect((await dial("classic")).code).not.toBe(0);
    expect(accounts()).toEqual([]);
  });

  it("a folder that can't be used stops no call", async () => {
    mkdirSync(join(state, "sipgate-call"));
    writeFileSync(remembered(), "");
    expect((await dial("classic")).code).toBe(0);
    expect((await dial("classic")).code).toBe(0);
  });
});

function rewrite(change: (known: object) => object): void {
  const path = join(remembered(), accounts()[0] ?? "");
  writeFileSync(path, JSON.stringify(change(JSON.parse(readFileSync(path, "utf8")))));
}

describe("the connection for the call request", () => {
  let server: Server;
  let baseUrl: string;

  beforeEach(async () => {
    const { port } = new URL(await sandbox.endpoint("trusted"));
    let connections = 0;
    server = createServer((near) => {
      connections += 1;
      const far = connect(Number(port), "127.0.0.1");
      near.pipe(far).pipe(near);
      near.on("error", () => far.destroy());
      far.on("error", () => near.destroy());
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    baseUrl = `https://127.0.0.1:${(server.address() as AddressInfo).port}/v2`;
    counted = () => connections;
  });
  afterEach(() => new Promise((resolve) => server.close(resolve)));
  let counted = () => 0;

  it("is opened with those for the preflight, and isn't one more", async () => {
    await dial("classic", [], { baseUrl });
    expect(counted()).toBe(5);
    const before = counted();
    await dial("classic", [], { baseUrl });
    expect(counted() - before).toBe(4);
  });

  it("isn't used once it has stood unused for a second: the call request gets another", async () => {
    // The preflight waits for longer than that: it asks again after two seconds.
    sandbox.faults.add({ how: "answer", status: 503, headers: { "retry-after": "2" }, path: "/balance" });
    const { code } = await dial("classic", [], { baseUrl });
    expect(code).toBe(0);
    expect(counted()).toBe(6);
    expect(sandbox.calls).toHaveLength(1);
  });
});
