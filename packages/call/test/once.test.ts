// A key rings once: asked again, in another process, at the same instant, after a crash.
import { spawn } from "node:child_process";
import {
  chmodSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import type { CallError, IdempotencyRecord } from "sipgate-call";
import { createManualClock, type Sandbox } from "sipgate-sandbox";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { answering, changesIn, losingOrders, USERINFO } from "./answers.js";
import { createMemoryStore } from "./memory-store.js";
import { clientOf, passUntil, strictSandbox } from "./support.js";
import { sipgateCall } from "./terminal.js";

const SCRIPT = fileURLToPath(new URL("place-with-key.mjs", import.meta.url));
const REQUEST = { caller: "e0", callee: "+493023125001" };
let sandbox: Sandbox;
let folder: string;
let stateHome: string | undefined;

beforeEach(async () => {
  sandbox = await strictSandbox();
  folder = mkdtempSync(join(tmpdir(), "sipgate-call-state-"));
  stateHome = process.env.XDG_STATE_HOME;
  process.env.XDG_STATE_HOME = folder;
});
afterEach(async () => {
  if (stateHome === undefined) delete process.env.XDG_STATE_HOME;
  else process.env.XDG_STATE_HOME = stateHome;
  rmSync(folder, { recursive: true, force: true });
  await sandbox.close();
});

const client = (baseUrl = sandbox.baseUrl) => clientOf(sandbox, "classic", { baseUrl });
/** The only file that is kept, by its path. */
const file = () => {
  const calls = join(folder, "sipgate-call", "calls");
  const names = readdirSync(calls, { recursive: true, encoding: "utf8" }).filter((name) =>
    name.endsWith(".json"),
  );
  expect(names).toHaveLength(1);
  return join(calls, names[0] ?? "");
};

/** Another process with the same key; killed after so many milliseconds, if any. */
function another(
  key: string,
  killAfter?: number,
): Promise<{ sessionId?: string; placed?: string } | undefined> {
  const { tokenId, token } = sandbox.classic;
  const child = spawn(process.execPath, [SCRIPT, sandbox.baseUrl, tokenId, token, key]);
  if (killAfter !== undefined) setTimeout(() => child.kill("SIGKILL"), killAfter);
  let out = "";
  child.stdout.on("data", (data) => {
    out += data;
  });
  return new Promise((resolve) => {
    child.on("close", () => resolve(out === "" ? undefined : JSON.parse(out)));
  });
}

describe("the same key", () => {
  it("answers the first call, and rings nobody", async () => {
    const first = await client().place({ ...REQUEST, idempotencyKey: "a" });
    const again = await client().place({ ...REQUEST, idempotencyKey: "a" });
    expect(first.repeated).toBeUndefined();
    expect(again).toMatchObject({ callId: first.callId, repeated: true });
    expect(sandbox.calls).toHaveLength(1);
  });

  it("answers the first call, however the number is written", async () => {
    await client().place({ ...REQUEST, idempotencyKey: "a" });
    await client().place({ ...REQUEST, callee: "030 / 23125-001", idempotencyKey: "a" });
    expect(sandbox.calls).toHaveLength(1);
  });

  it("with another request is an error", async () => {
    await client().place({ ...REQUEST, idempotencyKey: "a" });
    const other = client().place({ ...REQUEST, callee: "+493023125000", idempotencyKey: "a" });
    await expect(other).rejects.toMatchObject({ problems: [{ field: "idempotencyKey", code: "used" }] });
    expect(sandbox.calls).toHaveLength(1);
  });

  it("from ten processes at once rings once, and each is told of the same call", async () => {
    const told = await Promise.all(Array.from({ length: 10 }, () => another("a")));
    expect(sandbox.calls).toHaveLength(1);
    expect(new Set(told.map((answer) => answer?.sessionId))).toEqual(new Set([sandbox.calls[0]?.id]));
  });

  it("may be tried again after a refusal, which dialled nothing", async () => {
    const refused = client().place({ ...REQUEST, caller: "e9", idempotencyKey: "a" });
    await expect(refused).rejects.toMatchObject({ placed: "no" });
    await client().place({ ...REQUEST, idempotencyKey: "a" });
    expect(sandbox.calls).toHaveLength(1);
  });

  it("isn't tried again after a lost response", async () => {
    const silent = await losingOrders((socket) => socket.destroy());
    const ask = () => client(silent.baseUrl).place({ ...REQUEST, idempotencyKey: "a" });
    await expect(ask()).rejects.toMatchObject({ code: "network", placed: "unknown" });
    await expect(ask()).rejects.toMatchObject({ code: "outcome-unknown", placed: "unknown" });
    expect(changesIn(silent.requests)).toHaveLength(1);
    await silent.close();
  });

  it("is the same for one call only: another key is another call", async () => {
    for (const idempotencyKey of ["a", "b"]) await client().place({ ...REQUEST, idempotencyKey });
    expect(sandbox.calls).toHaveLength(2);
  });
});

describe("processes that are killed", () => {
  it("while they wait for the response: nobody is rung again, and that isn't known is told", async () => {
    const silent = await losingOrders(() => {});
    const { tokenId, token } = sandbox.classic;
    const child = spawn(process.execPath, [SCRIPT, silent.baseUrl, tokenId, token, "a"]);
    await expect.poll(() => changesIn(silent.requests), { timeout: 10_000 }).toHaveLength(1);
    child.kill("SIGKILL");
    await new Promise((resolve) => child.once("close", resolve));
    const clock = createManualClock();
    const again = clientOf(sandbox, "classic", { baseUrl: silent.baseUrl, clock });
    const placing = passUntil(clock, again.place({ ...REQUEST, idempotencyKey: "a" }));
    await expect(placing).rejects.toMatchObject({ code: "outcome-unknown", placed: "unknown" });
    expect(changesIn(silent.requests)).toHaveLength(1);
    await silent.close();
  });

  it("at random moments, by tens: a key never rings twice, and nobody is told what isn't so", async () => {
    for (let round = 0; round < 5; round += 1) {
      const before = sandbox.calls.length;
      const key = `round ${round}`;
      const told = await Promise.all(
        Array.from({ length: 10 }, () => another(key, 50 + Math.random() * 400)),
      );
      told.push(await another(key));
      const calls = sandbox.calls.slice(before);
      expect(calls.length).toBeLessThanOrEqual(1);
      for (const answer of told) {
        if (answer?.sessionId !== undefined) expect(answer.sessionId).toBe(calls[0]?.id);
        else if (answer !== undefined) expect(answer.placed).toBe("unknown");
      }
    }
  });
});

describe("a kept record", () => {
  it("is for its user only, and holds neither keys nor requests", async () => {
    await client().place({ ...REQUEST, idempotencyKey: "a secret plan" });
    const path = file();
    expect(statSync(path).mode & 0o777).toBe(0o600);
    expect(statSync(dirname(path)).mode & 0o777).toBe(0o700);
    const text = readFileSync(path, "utf8");
    expect(path + text).not.toMatch(/secret plan/);
    expect(text).not.toContain("callee");
  });

  it("that is spoilt is an error before anything is dialled", async () => {
    await client().place({ ...REQUEST, idempotencyKey: "a" });
    writeFileSync(file(), "{");
    const again = client().place({ ...REQUEST, idempotencyKey: "a" });
    await expect(again).rejects.toMatchObject({ code: "store-failed", placed: "no" });
    expect(sandbox.calls).toHaveLength(1);
  });

  it("that is a link to nowhere is an error, and not waited for", async () => {
    await client().place({ ...REQUEST, idempotencyKey: "a" });
    symlinkSync(join(folder, "nowhere"), join(dirname(file()), "99.json"));
    const again = client().place({ ...REQUEST, idempotencyKey: "a" });
    await expect(again).rejects.toMatchObject({ code: "store-failed" });
    expect(sandbox.calls).toHaveLength(1);
  });

  it("that can't be written is an error, and nothing is dialled", async () => {
    writeFileSync(join(folder, "sipgate-call"), "not a folder");
    chmodSync(join(folder, "sipgate-call"), 0o400);
    const refused = client().place({ ...REQUEST, idempotencyKey: "a" });
    await expect(refused).rejects.toMatchObject({ code: "store-failed", placed: "no" });
    expect(sandbox.calls).toHaveLength(0);
  });

  it.each(["", "  ", "x".repeat(256), 5])("a key can't be %j", async (idempotencyKey) => {
    const refused = client().place({ ...REQUEST, idempotencyKey: idempotencyKey as string });
    await expect(refused).rejects.toMatchObject({ problems: [{ field: "idempotencyKey" }] });
  });
});

it("another attempt that is alive is waited for: its request's time and ten seconds more", async () => {
  const clock = createManualClock();
  const idempotencyStore = createMemoryStore();
  const silent = await losingOrders(() => {});
  const ask = (timeout: number) =>
    clientOf(sandbox, "classic", {
      baseUrl: silent.baseUrl,
      clock,
      idempotencyStore,
      timeoutMs: timeout,
    }).place({ ...REQUEST, idempotencyKey: "a" }, { searchForMs: 0 });
  const first = expect(ask(600_000)).rejects.toMatchObject({ code: "timeout", placed: "unknown" });
  await clock.advance(1_000);
  const begun = clock.monotonicMs();
  const second = ask(5_000).catch((error: unknown) => ({ error, after: clock.monotonicMs() - begun }));
  await clock.advance(600_000);
  await first;
  expect(await second).toEqual({
    error: expect.objectContaining({
      code: "outcome-unknown",
      message: expect.stringContaining("under way"),
    }),
    after: 15_550, // Looked at ever less often, once a second at last.
  });
  expect(changesIn(silent.requests)).toHaveLength(1);
  await silent.close();
});

describe("a clock on the wall that jumps", () => {
  /** What is placed under one key, and then once more, if the clock jumps as the record comes to a state. */
  async function placeTwice(jump: number, state: "begun" | "sending" | "placed") {
    const clock = createManualClock();
    let ahead = 0;
    const jumping = { ...clock, now: () => new Date(clock.now().getTime() + ahead) };
    const store = createMemoryStore();
    const noting =
      (write: typeof store.replace): typeof store.replace =>
      async (key, version, record) => {
        if (record.state.kind === state) ahead = jump;
        return await write(key, version, record);
      };
    const idempotencyStore = {
      ...store,
      create: (key: string, record: IdempotencyRecord) =>
        noting((_, __, given) => store.create(key, given))(key, 0, record),
      replace: noting(store.replace),
    };
    const placing = clientOf(sandbox, "classic", { clock: jumping, idempotencyStore });
    const ask = () =>
      passUntil(clock, placing.place({ ...REQUEST, idempotencyKey: "a" }, { searchForMs: 0 })).then(
        ({ callId }) => callId,
        (error: CallError) => ({ code: error.code, placed: error.placed }),
      );
    return [await ask(), await ask()];
  }

  it.each([
    [-3_600_000, "begun"],
    [-3_600_000, "sending"],
    [-3_600_000, "placed"],
    [-300_000, "sending"],
    [300_000, "begun"],
    [300_000, "placed"],
    [3_600_000, "placed"],
  ] as const)("by %i ms as the record is %s: the key rings once", async (jump, state) => {
    const [first, second] = await placeTwice(jump, state);
    expect(sandbox.calls).toHaveLength(1);
    expect([first, second]).toEqual([sandbox.calls[0]?.id, sandbox.calls[0]?.id]);
  });

  it.each([300_000, 3_600_000])(
    "by %i ms right before the first byte, as after a machine has slept: nothing is sent, and the key is free",
    async (jump) => {
      const [first, second] = await placeTwice(jump, "sending");
      expect(first).toEqual({ code: "timeout", placed: "no" });
      expect(second).toBe(sandbox.calls[0]?.id);
      expect(sandbox.calls).toHaveLength(1);
    },
  );
});

it("dial --key says that nobody was rung", async () => {
  const { tokenId, token } = sandbox.classic;
  const env = {
    XDG_STATE_HOME: folder,
    SIPGATE_BASE_URL: sandbox.baseUrl,
    SIPGATE_TOKEN_ID: tokenId,
    SIPGATE_TOKEN: token,
  };
  const args = ["+493023125001", "--caller", "e0", "--key", "order 4711"];
  const first = await sipgateCall(args, { env });
  const again = await sipgateCall(args, { env });
  expect(again).toMatchObject({ code: 0, out: first.out });
  expect(again.err).toContain("Nobody was rung now");
  expect(sandbox.calls).toHaveLength(1);
});

it("a server that answers nonsense leaves the key unknown", async () => {
  const server = await answering((path) =>
    path.endsWith("/userinfo") ? USERINFO : { status: 200, body: "<html>" },
  );
  const ask = () => client(server.baseUrl).place({ ...REQUEST, idempotencyKey: "a" });
  await expect(ask()).rejects.toMatchObject({ code: "unexpected-response", placed: "unknown" });
  await expect(ask()).rejects.toMatchObject({ code: "outcome-unknown" });
  expect(changesIn(server.requests)).toHaveLength(1);
  await server.close();
});
