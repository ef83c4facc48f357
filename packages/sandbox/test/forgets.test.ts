// A sandbox that runs for long keeps the newest of everything.
import { describe, expect, it } from "vitest";
import { startReceiver } from "./push-receiver.js";
import { authorizationOf, berlin, clientFor, placeClassic, send, startSandbox } from "./support.js";

const BUSY = berlin("486");

describe("a sandbox that keeps 10 of each", () => {
  it("Calls that ended last are kept, and running calls always", async () => {
    const sandbox = await startSandbox({ keep: 10 });
    const client = clientFor(sandbox, "classic");
    const running: string[] = [];
    for (let count = 0; count < 12; count += 1) running.push(await placeClassic(client, berlin("001")));
    await sandbox.clock.advance(10_000);
    const ended: string[] = [];
    for (let count = 0; count < 25; count += 1) ended.push(await placeClassic(client, BUSY));
    await sandbox.clock.advance(10_000);
    expect(sandbox.calls.map(({ id }) => id)).toEqual([...running, ...ended.slice(-10)]);
    expect((await client("GET", "/calls")).json.data).toHaveLength(12);
    expect((await client("DELETE", `/calls/${running[0]}`)).status).toBe(204);
    expect(sandbox.calls.map(({ id }) => id)).toEqual([...running, ...ended.slice(-9)]);
    expect((await client("DELETE", `/calls/${ended[0]}`)).status).toBe(404);
    expect(new Set([...running, ...ended]).size).toBe(37);
  });

  it("The history has the newest of each user, and their ids stay", async () => {
    const sandbox = await startSandbox({ keep: 10 });
    const client = clientFor(sandbox, "classic");
    const history = async (name: string) => {
      const { json } = await clientFor(sandbox, name)("GET", "/history?limit=1000");
      return json as { items: { id: string; callId: string }[]; totalCount: number };
    };
    await placeClassic(clientFor(sandbox, "classic-second-user"), BUSY, "e9");
    const first = await placeClassic(client, BUSY);
    const ids: string[] = [];
    for (let count = 0; count < 10; count += 1) ids.push(await placeClassic(client, BUSY));
    await sandbox.clock.advance(60_000);
    const before = await history("classic");
    expect(before.items.map(({ callId }) => callId)).toEqual([...ids].reverse());
    expect(before.totalCount).toBe(10);
    expect(JSON.stringify(before)).not.toContain(first);
    expect((await history("classic-second-user")).totalCount).toBe(1);
    const latest = await placeClassic(client, BUSY);
    await sandbox.clock.advance(60_000);
    const after = await history("classic");
    expect(after.items[0]?.callId).toBe(latest);
    expect(after.items.slice(1)).toEqual(before.items.slice(0, -1));
  });

  it("A call that was placed first and ends last is in its place in the history", async () => {
    const sandbox = await startSandbox({ keep: 10 });
    const client = clientFor(sandbox, "classic");
    const long = await placeClassic(client, berlin("001"));
    const short = await placeClassic(client, BUSY);
    await sandbox.clock.advance(60_000);
    await client("DELETE", `/calls/${long}`);
    await sandbox.clock.advance(60_000);
    const { items } = (await client("GET", "/history")).json as { items: { callId: string }[] };
    expect(items.map(({ callId }) => callId)).toEqual([short, long]);
  });

  it("The logs have the newest requests and pushes", async () => {
    const { url } = await startReceiver();
    const sandbox = await startSandbox({ keep: 10, pushUrl: url });
    const client = clientFor(sandbox, "classic");
    for (let count = 0; count < 30; count += 1) {
      await placeClassic(client, BUSY);
      await sandbox.clock.advance(10_000);
      // Those of several calls overtake each other.
      await sandbox.pushed();
    }
    await client("GET", "/balance?last=1");
    expect(sandbox.pushes).toHaveLength(10);
    expect(sandbox.pushes.at(-1)?.callId).toBe(sandbox.calls.at(-1)?.id);
    expect(sandbox.requests).toHaveLength(10);
    expect(sandbox.requests.at(-1)).toMatchObject({ path: "/v2/balance", query: "last=1" });
  });
});

it("Long paths and queries are logged in part", async () => {
  const sandbox = await startSandbox();
  const { baseUrl, classic } = sandbox;
  const long = "x".repeat(7_000);
  await send(`${baseUrl}/${long}?${long}`, { headers: { authorization: authorizationOf(classic) } });
  expect(sandbox.requests[0]?.path).toBe(`/v2/${long}`.slice(0, 2_000));
  expect(sandbox.requests[0]?.query).toBe(long.slice(0, 2_000));
});

it("Of the tones that were sent on one call the newest thousand are kept", async () => {
  const sandbox = await startSandbox();
  const client = clientFor(sandbox, "classic");
  const id = await placeClassic(client, berlin("001"));
  await sandbox.clock.advance(10_000);
  const send = (sequence: string) => client("POST", `/calls/${id}/dtmf`, { sequence });
  await send("1");
  for (let count = 0; count < 100; count += 1) await Promise.all(Array.from({ length: 10 }, () => send("2")));
  await send("3");
  const { dtmf = [] } = sandbox.calls[0] ?? {};
  expect(dtmf).toHaveLength(1_000);
  expect([dtmf[0], dtmf.at(-1)]).toEqual(["2", "3"]);
});

it.each([0, -1, 1.5, 1_000_001, Number.NaN])("keep can't be %d", async (keep) => {
  await expect(startSandbox({ keep })).rejects.toThrow("keep must be a whole number from 1 to 1000000");
});
