// Where an idempotency key counts: for one user of one account, at one server, however both are written.
import type { ClientOptions, IdempotencyStore } from "sipgate-call";
import type { Sandbox } from "sipgate-sandbox";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type Answer, answering, changesIn } from "./answers.js";
import { createMemoryStore } from "./memory-store.js";
import { clientOf, strictSandbox } from "./support.js";

const REQUEST = { caller: "e0", callee: "+493023125001" };
let sandbox: Sandbox;
let idempotencyStore: IdempotencyStore;

beforeEach(async () => {
  sandbox = await strictSandbox();
  idempotencyStore = createMemoryStore();
});
afterEach(() => sandbox.close());

const place = (options: Partial<ClientOptions>, idempotencyKey = "order-4711") => {
  const client = clientOf(sandbox, "classic", { idempotencyStore, platform: "auto", ...options });
  return client.place({ ...REQUEST, idempotencyKey });
};

describe("the same key is the same", () => {
  it("however the base URL is written", async () => {
    const { port } = new URL(sandbox.baseUrl);
    for (const baseUrl of [
      `http://localhost:${port}/v2`,
      `http://LOCALHOST:${port}/v2`,
      `HTTP://localhost:${port}/v2/`,
      `http://127.0.0.1:${port}/v2`,
      `http://127.0.0.1:${port}/%762`,
    ])
      await place({ baseUrl });
    expect(sandbox.calls).toHaveLength(1);
  });

  it.each([
    ["blanks at its ends", "  order-4711 "],
    ["signs that are put together", "bu\u0308ro", "b\u00fcro"],
  ])("with %s", async (_, first, second = "order-4711") => {
    await place({}, first);
    await place({}, second);
    expect(sandbox.calls).toHaveLength(1);
  });

  it("for one user by another token", async () => {
    const tokens = sandbox.accounts.filter(({ name }) => /^classic(?:-without-rtcm:read)?$/.test(name));
    expect(tokens).toHaveLength(2);
    for (const { name } of tokens)
      await clientOf(sandbox, name, { idempotencyStore }).place({ ...REQUEST, idempotencyKey: "a" });
    expect(sandbox.calls).toHaveLength(1);
  });
});

it("the same key is another one for another account", async () => {
  for (const name of ["classic", "neo"])
    await clientOf(sandbox, name, { idempotencyStore }).place({ ...REQUEST, idempotencyKey: "a" });
  expect(sandbox.calls).toHaveLength(2);
});

it("whose a key is, is asked once for each token", async () => {
  const client = clientOf(sandbox, "classic", { idempotencyStore });
  for (const idempotencyKey of ["a", "b", "c"]) await client.place({ ...REQUEST, idempotencyKey });
  expect(sandbox.requests.filter(({ path }) => path.endsWith("/userinfo"))).toHaveLength(1);
});

it.each<[string, Answer]>([
  ["is refused", { status: 403 }],
  ["fails", { status: 500 }],
  ["is a page", { status: 200, body: "<html>" }],
  ["lacks the account", { status: 200, body: '{"sub":"w0"}' }],
  ["lacks the user", { status: 200, body: '{"masterSipId":"1000000"}' }],
  ["is blank", { status: 200, body: '{"sub":" ","masterSipId":""}' }],
])("nothing is dialled if the answer to whose it is %s", async (_, answer) => {
  const server = await answering((path) =>
    path.endsWith("/userinfo") ? answer : { status: 200, body: '{"sessionId":"x"}' },
  );
  const placing = place({ baseUrl: server.baseUrl, platform: "classic" });
  await expect(placing).rejects.toMatchObject({ placed: "no" });
  expect(changesIn(server.requests)).toEqual([]);
  await server.close();
});
