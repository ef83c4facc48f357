import type { Sandbox } from "sipgate-sandbox";
import { describe, expect, it } from "vitest";
import { signIn } from "./login-support.js";
import { berlin, type Client, clientFor, placeClassic, send, startSandbox } from "./support.js";

type Entry = Record<string, unknown>;

async function historyOf(client: Client, query = ""): Promise<{ items: Entry[]; totalCount: number }> {
  const { json } = await client("GET", `/history${query}`);
  return json as { items: Entry[]; totalCount: number };
}

/** Three calls, one after the other: answered (000), busy (486), answered from another device (001, hung up). */
async function threeCalls(): Promise<{ sandbox: Sandbox; client: Client }> {
  const sandbox = await startSandbox();
  const client = clientFor(sandbox, "classic");
  for (const [callee, caller] of [
    ["000", "e0"],
    ["486", "e0"],
    ["000", "y0"],
  ] as const) {
    await placeClassic(client, berlin(callee), caller);
    await sandbox.clock.advance(60_000);
  }
  return { sandbox, client };
}

describe("GET /history", () => {
  it("The history lists ended calls, newest first", async () => {
    const { sandbox, client } = await threeCalls();
    const { items, totalCount } = await historyOf(client);
    expect(totalCount).toBe(3);
    expect(items.map(({ callId }) => callId)).toEqual(sandbox.calls.map(({ id }) => id).reverse());
    expect(items[2]).toMatchObject({
      source: "+496990009000",
      target: berlin("000"),
      type: "CALL",
      direction: "OUTGOING",
      incoming: false,
      status: "PICKUP",
      callStatus: "SUCCESS",
      created: "2026-01-05T08:00:00Z",
      lastModified: "2026-01-05T08:00:36Z",
      duration: 30,
      connectionIds: ["e0"],
    });
    expect(items[1]).toMatchObject({
      direction: "MISSED_OUTGOING",
      status: "BUSY",
      callStatus: "BUSY",
      duration: 0,
    });
  });

  it.each([
    ["302", "FORWARD", "SUCCESS"],
    ["404", "NOPICKUP", "FAILURE"],
    ["408", "NOPICKUP", "MISSED"],
    ["603", "NOPICKUP", "REJECTED"],
  ])("The history has a call to %s as %s, %s", async (digits, status, callStatus) => {
    const sandbox = await startSandbox();
    const client = clientFor(sandbox, "classic");
    await placeClassic(client, berlin(digits));
    await sandbox.clock.advance(60_000);
    expect((await historyOf(client)).items).toMatchObject([{ status, callStatus }]);
  });

  it("A call appears in the history some time after its end", async () => {
    const sandbox = await startSandbox();
    const client = clientFor(sandbox, "classic");
    await placeClassic(client, berlin("486"));
    await sandbox.clock.advance(3_500);
    expect(sandbox.calls[0]?.state).toBe("ended");
    expect((await historyOf(client)).totalCount).toBe(0);
    await sandbox.clock.advance(2_000);
    expect((await historyOf(client)).totalCount).toBe(1);
  });

  it.each([
    ["?types=CALL", 3],
    ["?types=FAX&types=SMS", 0],
    ["?types=FAX&types=CALL", 3],
    ["?directions=OUTGOING", 2],
    ["?directions=MISSED_OUTGOING", 1],
    ["?directions=OUTGOING&directions=MISSED_OUTGOING", 3],
    ["?directions=INCOMING", 0],
    ["?archived=true", 0],
    ["?starred=STARRED", 0],
    ["?starred=UNSTARRED", 3],
    ["?connectionIds=y0", 1],
    [`?phonenumber=${encodeURIComponent(berlin("486"))}`, 1],
    [`?phonenumber=${berlin("000").slice(1)}`, 2],
    ["?from=2026-01-05T08:01:00Z", 2],
    ["?to=2026-01-05T08:01:00Z", 2],
    ["?from=2026-01-05T08:00:30Z&to=2026-01-05T08:01:30Z", 1],
  ])("The filter %s finds %d of three calls", async (query, count) => {
    const { client } = await threeCalls();
    const { items, totalCount } = await historyOf(client, query);
    expect([items.length, totalCount]).toEqual([count, count]);
  });

  it("A page has ten entries by default, and up to 1000", async () => {
    const sandbox = await startSandbox();
    const client = clientFor(sandbox, "classic");
    for (let count = 0; count < 12; count++) await placeClassic(client, berlin("486"));
    await sandbox.clock.advance(60_000);
    const ids = (await historyOf(client, "?limit=1000")).items.map(({ id }) => id);
    expect(new Set(ids).size).toBe(12);
    expect((await historyOf(client)).items.map(({ id }) => id)).toEqual(ids.slice(0, 10));
    const page = await historyOf(client, "?offset=9&limit=2");
    expect(page.items.map(({ id }) => id)).toEqual(ids.slice(9, 11));
    expect(page.totalCount).toBe(12);
  });

  it.each([
    "limit=1001",
    "limit=x",
    "offset=-1",
    "types=PHONE",
    "directions=UP",
    "archived=1",
    "from=yesterday",
    "to=2026-13-01",
  ])("The history refuses %s with 400", async (query) => {
    const sandbox = await startSandbox();
    expect((await clientFor(sandbox, "classic")("GET", `/history?${query}`)).status).toBe(400);
  });

  it("A limit of 0 gives the count without entries", async () => {
    const { client } = await threeCalls();
    expect(await historyOf(client, "?limit=0")).toEqual({ items: [], totalCount: 3 });
  });

  it("The history is empty for other users, and on neo unless the customer was moved there", async () => {
    const { sandbox } = await threeCalls();
    expect((await historyOf(clientFor(sandbox, "classic-second-user"))).totalCount).toBe(0);
    for (const [name, count] of [
      ["neo", 0],
      ["neo-migrated", 1],
    ] as const) {
      const client = clientFor(sandbox, name);
      await client("POST", "/calls", { deviceId: "e0", targetNumber: berlin("486") });
      await sandbox.clock.advance(60_000);
      expect((await historyOf(client)).totalCount).toBe(count);
    }
  });
});

describe("changes of the history", () => {
  // As sipgate's own library does in batchUpdateEvents: entries with a note one by one, the others in a list.
  it("An entry takes a note and marks; others stay as they are", async () => {
    const { client, sandbox } = await threeCalls();
    const [newest, middle, oldest] = (await historyOf(client)).items;
    await sandbox.clock.advance(3_600_000);
    const path = `/history/${middle?.id}`;
    const note = 'Said "yes", then\nno';
    expect((await client("PUT", path, { note, starred: true, read: false })).status).toBe(204);
    const changed = { ...middle, note, starred: true, read: false, lastModified: "2026-01-05T09:03:00Z" };
    expect((await client("GET", path)).json).toEqual(changed);
    expect((await historyOf(client)).items).toEqual([newest, changed, oldest]);
    expect((await historyOf(client, "?starred=STARRED")).items).toEqual([changed]);
    expect((await client("PUT", path, { note: "" })).status).toBe(204);
    expect((await client("GET", path)).json).toMatchObject({ note: "", starred: true });
    await client("PUT", path, { note, archived: true });
    expect((await historyOf(client)).totalCount).toBe(2);
    const { text } = await client("GET", "/history/export?archived=true");
    expect(text).toContain(',"Said ""yes"", then\nno"\r\n');
  });

  it("A list changes several entries, or none if one isn't known", async () => {
    const { client } = await threeCalls();
    const ids = (await historyOf(client)).items.map(({ id }) => id);
    const starred = async () => (await historyOf(client, "?starred=STARRED")).totalCount;
    const star = (list: unknown) => client("PUT", "/history", list);
    expect((await star([...ids, "1"].map((id) => ({ id, starred: true })))).status).toBe(404);
    expect(await starred()).toBe(0);
    expect((await star(ids.map((id) => ({ id, starred: true })))).status).toBe(204);
    expect(await starred()).toBe(3);
    expect((await star([])).status).toBe(204);
    for (const wrong of [{}, [{}], [{ id: ids[0], starred: "yes" }], [1], Array(150).fill({ id: ids[0] })]) {
      expect((await star(wrong)).status).toBe(400);
    }
  });

  it("Entries are changed and deleted by their user only, with the scope history:write", async () => {
    const { client, sandbox } = await threeCalls();
    const [{ id } = {}] = (await historyOf(client)).items;
    const other = clientFor(sandbox, "classic-second-user");
    expect((await other("GET", `/history/${id}`)).status).toBe(404);
    expect((await other("PUT", `/history/${id}`, { note: "x" })).status).toBe(404);
    expect((await other("DELETE", `/history/${id}`)).status).toBe(404);
    expect((await other("DELETE", "/history")).status).toBe(204);
    expect((await historyOf(client)).totalCount).toBe(3);
    const { access } = await signIn(sandbox, "classic", { scope: "history:read" });
    const refused = await send(`${sandbox.baseUrl}/history/${id}`, {
      method: "DELETE",
      headers: { authorization: `Bearer ${access}` },
    });
    expect([refused.status, refused.text.includes("history:write")]).toEqual([403, true]);
  });

  it("What is deleted from the history of an account that was moved to neo remains an event of its channel", async () => {
    const sandbox = await startSandbox();
    const client = clientFor(sandbox, "neo-migrated");
    await client("POST", "/calls", { deviceId: "e0", targetNumber: berlin("486") });
    await sandbox.clock.advance(60_000);
    expect((await client("DELETE", "/history")).status).toBe(204);
    expect((await historyOf(client)).totalCount).toBe(0);
    expect((await client("GET", "/channels/channel-main/events")).json.totalCount).toBe(1);
  });
});

describe("GET /contacts", () => {
  // A contact's name for a number that calls: sipgate's example for a CRM, and bridges to address books.
  it("Contacts are listed, found by number in any spelling, and read in pages", async () => {
    const client = clientFor(await startSandbox(), "classic");
    const names = async (query: string) => {
      const { json } = await client("GET", `/contacts${query}`);
      return [json.totalCount, ...(json.items as Entry[]).map(({ name }) => name)];
    };
    expect(await names("")).toEqual([
      5,
      "Ada Sandbox",
      "Busy Sandbox",
      "User w1",
      "Müller GmbH",
      "Eva Müller",
    ]);
    expect(await names(`?phonenumbers=${encodeURIComponent(berlin("486"))}`)).toEqual([1, "Busy Sandbox"]);
    expect(await names("?phonenumbers=4930%2023125-000&phonenumbers=1")).toEqual([1, "Ada Sandbox"]);
    expect(await names("?phonenumbers=1")).toEqual([0]);
    expect(await names("?offset=1&limit=1")).toEqual([5, "Busy Sandbox"]);
  });
});

describe("GET /channels and /channels/{channelId}/events", () => {
  it("The list of channels has their users and devices", async () => {
    const sandbox = await startSandbox();
    const { items } = (await clientFor(sandbox, "neo")("GET", "/channels")).json;
    expect(items).toContainEqual({
      id: "channel-main",
      name: "Main",
      users: [
        { id: "w1", deviceIds: [] },
        { id: "w0", deviceIds: ["e0", "e1", "e2", "e3", "e4", "e5", "y0", "a0", "a1"] },
      ],
    });
  });

  it("The events of a channel are its ended calls", async () => {
    const sandbox = await startSandbox();
    const client = clientFor(sandbox, "neo");
    const { json } = await client("POST", "/calls", { deviceId: "e0", targetNumber: berlin("000") });
    const events = async (id: string) => (await client("GET", `/channels/${id}/events`)).json;
    expect(await events("channel-main")).toEqual({ items: [], totalCount: 0 });
    await sandbox.clock.advance(60_000);
    expect(await events("channel-main")).toMatchObject({
      totalCount: 1,
      items: [{ callId: json.callId, target: berlin("000"), status: "PICKUP", duration: 30 }],
    });
    expect(await events("channel-support")).toEqual({ items: [], totalCount: 0 });
  });

  it("An unknown channel gives 404, and classic gives 403", async () => {
    const sandbox = await startSandbox();
    expect((await clientFor(sandbox, "neo")("GET", "/channels/none/events")).status).toBe(404);
    expect((await clientFor(sandbox, "classic")("GET", "/channels/channel-main/events")).status).toBe(403);
    expect((await clientFor(sandbox, "classic")("GET", "/channels")).status).toBe(403);
  });
});
