import type { PastCall } from "sipgate-call";
import { createManualClock, type Sandbox } from "sipgate-sandbox";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { answering } from "./answers.js";
import { onScreen } from "./pty.js";
import { clientAt, clientOf, passUntil, strictSandbox } from "./support.js";
import { sipgateCall } from "./terminal.js";

let sandbox: Sandbox;

beforeEach(async () => {
  sandbox = await strictSandbox({ clock: "manual" });
});
afterEach(() => sandbox.close());

/** Two calls that have ended: a busy one, then one of 30 seconds. */
async function callTwice(platform: "classic" | "neo"): Promise<void> {
  const client = clientOf(sandbox, platform, { platform: "auto" });
  await client.place({ caller: "e0", callee: "+493023125486" });
  await sandbox.clock.advance(60_000);
  await client.place({ caller: "e0", callee: "+493023125000" });
  await sandbox.clock.advance(60_000);
}

async function collected(calls: AsyncIterable<PastCall>): Promise<PastCall[]> {
  const all: PastCall[] = [];
  for await (const call of calls) all.push(call);
  return all;
}

describe.each(["classic", "neo"] as const)("on %s", (platform) => {
  beforeEach(() => callTwice(platform));

  it("past calls come with how they ended", async () => {
    const past = await collected(clientOf(sandbox, platform, { platform: "auto" }).history());
    const ended = past.map(({ callId, target, end }) => [callId, target, end.cause, end.durationSeconds]);
    const [busy, talked] = sandbox.calls;
    expect(ended.sort()).toEqual(
      [
        [talked?.id, "+493023125000", "completed", 30],
        [busy?.id, "+493023125486", "busy", 0],
      ].sort(),
    );
  });

  it("past calls can be filtered by number, time and count", async () => {
    const client = clientOf(sandbox, platform, { platform: "auto" });
    expect(await collected(client.history({ number: "+493023125486" }))).toMatchObject([
      { target: "+493023125486" },
    ]);
    expect(await collected(client.history({ from: "2026-01-05T08:00:30Z" }))).toMatchObject([
      { target: "+493023125000" },
    ]);
    expect(await collected(client.history({ to: "2026-01-05T08:00:30Z" }))).toMatchObject([
      { target: "+493023125486" },
    ]);
    expect(await collected(client.history({ limit: 1 }))).toHaveLength(1);
  });
});

describe("what a query means", () => {
  const zone = process.env.TZ;
  afterEach(() => {
    if (zone === undefined) delete process.env.TZ;
    else process.env.TZ = zone;
  });

  /** What is asked of sipgate for the same words, by the library and by the command line. */
  async function asked(query: { from?: string; to?: string; number?: string }, TZ: string) {
    const server = await answering({ status: 200, body: '{"items":[]}' });
    const { baseUrl } = server;
    process.env.TZ = TZ;
    await collected(clientAt({ baseUrl }).history(query));
    const options = Object.entries(query).flatMap(([name, value]) => [`--${name}`, value]);
    const env = { SIPGATE_BASE_URL: baseUrl, SIPGATE_ACCESS_TOKEN: "x", SIPGATE_PLATFORM: "classic", TZ };
    expect((await sipgateCall(["history", "--all", ...options], { env })).code).toBe(0);
    await server.close();
    const [library = "", commandLine] = server.requests;
    expect(commandLine).toBe(library);
    return Object.fromEntries(new URLSearchParams(library.split("?")[1]));
  }

  it("a day without a time is one of this machine's time zone, from its beginning or to its end", async () => {
    expect(await asked({ from: "2026-11-01", to: "01.11.2026" }, "America/New_York")).toMatchObject({
      from: "2026-11-01T04:00:00.000Z", // Clocks are set back on this day.
      to: "2026-11-02T04:59:59.999Z",
    });
    expect(await asked({ from: "2026-11-02", to: "2026-11-02" }, "Europe/Berlin")).toMatchObject({
      from: "2026-11-01T23:00:00.000Z",
      to: "2026-11-02T22:59:59.999Z",
    });
  });

  it("a time without a zone is of this machine's, and one with a zone is what it says", async () => {
    const query = { from: "2026-11-02T08:00", to: "2026-11-02T08:00:00Z" };
    expect(await asked(query, "America/New_York").catch(String)).toContain("to: It's before");
    expect(await asked(query, "Europe/Berlin")).toMatchObject({
      from: "2026-11-02T07:00:00.000Z",
      to: "2026-11-02T08:00:00.000Z",
    });
  });

  it("a number may be written as people write it", async () => {
    expect(await asked({ number: "030 23125 000" }, "UTC")).toMatchObject({ phonenumber: "+493023125000" });
  });

  it("what is no number, and a time before the beginning, are refused", async () => {
    const query = { number: "nobody", from: "2026-11-02", to: "2026-11-01" };
    await expect(collected(clientOf(sandbox, "classic").history(query))).rejects.toMatchObject({
      problems: [
        { field: "to", code: "invalid" },
        { field: "number", code: "not-a-number" },
      ],
    });
  });
});

it("reads page by page, only as far as it's asked", async () => {
  const client = clientOf(sandbox);
  for (let call = 0; call < 5; call++) await client.place({ caller: "e5", callee: "+493023125000" });
  await sandbox.clock.advance(60_000);
  expect(await collected(client.history({ limit: 2 }))).toHaveLength(2);
  expect(sandbox.requests.filter(({ path }) => path === "/v2/history")).toHaveLength(1);
});

it("a channel's event of any shape does no harm", async () => {
  const strange = [
    null,
    7,
    "x",
    {},
    { id: 1 },
    { id: "a", status: 5 },
    { id: "b", status: "WHATEVER" },
    { sessionId: "c", result: "busy", from: 1 },
  ];
  const channels = { items: [{ id: "k", name: "Main" }] };
  const server = await answering((path) => ({
    status: 200,
    body: JSON.stringify(path.endsWith("/events") ? { items: strange } : channels),
  }));
  const client = clientAt(server, { platform: "neo" });
  const past = await collected(client.history());
  expect(past).toContainEqual(
    expect.objectContaining({ callId: "c", end: expect.objectContaining({ cause: "busy" }) }),
  );
  expect(past).toContainEqual(
    expect.objectContaining({ callId: "b", end: expect.objectContaining({ cause: "unknown" }) }),
  );
  await server.close();
});

describe("sipgate-call history", () => {
  const env = () => ({
    SIPGATE_BASE_URL: sandbox.baseUrl,
    SIPGATE_TOKEN_ID: sandbox.classic.tokenId,
    SIPGATE_TOKEN: sandbox.classic.token,
  });

  it("lists calls as a table with local times, or those of UTC", async () => {
    await callTwice("classic");
    const { code, out } = await sipgateCall(["history"], { env: { ...env(), TZ: "Europe/Berlin" } });
    expect(code).toBe(0);
    expect(out).toMatch(/^WHEN +WITH +OUTCOME +LENGTH\n.* 9:01 +\+49 30 23125000 +connected +0:30\n/);
    expect(out).toMatch(/5 Jan .*9:00 +\+49 30 23125486 +busy\n$/);
    const utc = await sipgateCall(["history", "--utc"], { env: { ...env(), TZ: "Europe/Berlin" } });
    expect(utc.out).toMatch(/^WHEN \(UTC\) .*\n.* 8:01 /);
  });

  it("lists calls as objects", async () => {
    await callTwice("classic");
    const json = await sipgateCall(["history", "--json", "--number", "030/23125486"], { env: env() });
    expect(JSON.parse(json.out)).toMatchObject({ target: "+493023125486", end: { cause: "busy" } });
  });

  it("gives a spreadsheet what it takes for a table where numbers have a decimal comma, and elsewhere", async () => {
    await callTwice("classic");
    const csv = async (settings: Record<string, string>, ...words: string[]) =>
      (await sipgateCall(["history", "--csv", ...words], { env: { ...env(), ...settings } })).out.split("\n");
    const german = { LC_ALL: "de_DE.UTF-8", TZ: "Europe/Berlin" };
    const [head, first, second] = await csv(german);
    expect(head).toBe("\ufeffstarted;direction;source;target;outcome;seconds;call");
    expect(first).toMatch(/^2026-01-05 09:01:\d\d;.*;\+49 3023125000;completed;30;/);
    expect(second).toContain(";+49 3023125486;busy;0;"); // Without the blank it would be an amount, and the plus be lost.
    for (const settings of [{ LC_ALL: "en_GB.UTF-8" }, { LC_ALL: "C", LANG: "de_DE" }])
      expect((await csv(settings))[0]).toBe("\ufeffstarted,direction,source,target,outcome,seconds,call");
    expect((await csv(german, "--separator", "tab", "--utc"))[1]).toMatch(/^2026-01-05 08:01:\d\d\t/);
  });

  it("takes no other separator, and none without --csv", async () => {
    for (const words of [
      ["--csv", "--separator", "x"],
      ["--separator", ","],
      ["--utc", "--json"],
    ])
      expect((await sipgateCall(["history", ...words], { env: env() })).code).toBe(2);
  });

  it("tells in words how calls ended, whom they were with, and what nobody knows", async () => {
    const end = { status: "NOPICKUP" };
    const items = [
      { direction: "MISSED_INCOMING", source: "+493023125001", target: "+496990009000", ...end },
      { direction: "MISSED_OUTGOING", source: "+496990009000", target: "" },
      { direction: "OUTGOING", created: "soon", target: "=1+1" },
    ].map((item, index) => ({ callId: `call-${index}`, ...item }));
    const server = await answering({ status: 200, body: JSON.stringify({ items, totalCount: 3 }) });
    const given = { ...env(), SIPGATE_BASE_URL: server.baseUrl, SIPGATE_PLATFORM: "classic" };
    const { out } = await sipgateCall(["history"], { env: given });
    const csv = await sipgateCall(["history", "--csv"], { env: given });
    await server.close();
    const [, first, second, third] = out.split("\n");
    expect(first).toMatch(/from \+49 30 23125001 +\S/);
    expect(second).toMatch(/withheld number +not connected/);
    expect(third).toMatch(/^soon +=1\+1 +unknown/);
    expect(csv.out).toContain("'=1+1");
    expect(out).not.toContain("MISSED");
  });

  it.each([
    [60, "2 lines"],
    [40, "4 lines"],
  ])("fits a window of %i columns", async (columns, height) => {
    await callTwice("classic");
    const { shown } = await onScreen(["history", "--utc"], env(), columns);
    const lines = shown.split("\n").filter((line) => line !== "" && !/^ *WHEN/.test(line));
    expect(`${lines.length} lines`).toBe(height);
    for (const line of lines) expect(line.length).toBeLessThanOrEqual(columns);
    expect(shown).toContain("+49 30 23125486");
  });

  it("of an embedded sandbox has no calls, and says why and how to keep a sandbox", async () => {
    const { code, out, err } = await sipgateCall(["history", "--sandbox"], {});
    expect({ code, out }).toEqual({ code: 0, out: "" });
    expect(err).toContain("starts a new sandbox, without calls");
    expect(err).toMatch(/run `(?:npx )?sipgate-sandbox`/);
    expect((await sipgateCall(["history"], { env: env() })).err).not.toContain("new sandbox");
  });

  it("says so if there is no call, and names everything that's wrong with what was typed", async () => {
    expect((await sipgateCall(["history"], { env: env() })).err).toContain("No calls were found.");
    const wrong = await sipgateCall(["history", "--limit", "0", "--from", "soon", "--number", "112"], {
      env: env(),
    });
    expect(wrong.code).toBe(2);
    expect(wrong.err).toContain("3 things are wrong");
    expect(wrong.err).toContain("Write it like 2026-11-01, 01.11.2026 or");
  });
});

describe("the history, whatever pages a server gives", () => {
  const entry = (index: number) => ({
    callId: `call-${index}`,
    direction: "OUTGOING",
    created: "2026-01-05T08:00:00Z",
  });
  const history = async (answer: (offset: number) => object) => {
    const server = await answering((path) => ({
      status: 200,
      body: JSON.stringify(answer(Number(new URLSearchParams(path.split("?")[1]).get("offset")))),
    }));
    const client = clientAt(server);
    const ids: (string | undefined)[] = [];
    try {
      for await (const { callId } of client.history()) ids.push(callId);
      return ids;
    } finally {
      await server.close();
    }
  };
  const from = (offset: number, count: number) =>
    Array.from({ length: count }, (_, index) => entry(offset + index));

  it("All entries are given if pages are shorter than asked for", async () => {
    const ids = await history((offset) => ({
      items: from(offset, Math.min(100, 1_200 - offset)),
      totalCount: 1_200,
    }));
    expect(new Set(ids).size).toBe(1_200);
  });

  it("An entry comes once if calls begin while pages are read", async () => {
    // Between the first page and the second, three calls have begun.
    const ids = await history((offset) =>
      offset === 0
        ? { items: from(0, 500), totalCount: 600 }
        : { items: from(offset - 3, 103), totalCount: 603 },
    );
    expect(ids).toHaveLength(600);
    expect(new Set(ids).size).toBe(600);
  });

  it("A server that ignores the offset is named, in place of a history without end", async () => {
    await expect(history(() => ({ items: from(0, 500), totalCount: 1_200 }))).rejects.toMatchObject({
      code: "unexpected-response",
      message: expect.stringContaining("history is incomplete"),
    });
  });
});

describe("events of a neo channel, page by page", () => {
  const PAGES = 10;
  const event = (index: number) => ({ callId: `call-${index}`, status: "SUCCESS" });
  const page = (offset: number, size: number, all: number) =>
    Array.from({ length: Math.max(0, Math.min(size, all - offset)) }, (_, index) => event(offset + index));

  /** The calls that a client reads from a server, and how often it asked for events. */
  async function read(answer: (offset: number) => object) {
    let asked = 0;
    const server = await answering((path) => {
      const { pathname, searchParams } = new URL(path, "http://localhost");
      if (pathname === "/v2/channels") return { status: 200, body: '{"items":[{"id":"k","name":"Main"}]}' };
      asked += 1;
      return { status: 200, body: JSON.stringify(answer(Number(searchParams.get("offset")))) };
    });
    const past = await collected(clientAt(server, { platform: "neo" }).history()).finally(server.close);
    return { ids: past.map(({ callId }) => callId), asked };
  }
  const all = (count: number) => page(0, count, count).map(({ callId }) => callId);

  it("all are read, whether or not it's said how many there are", async () => {
    expect(await read((offset) => ({ items: page(offset, PAGES, 34), totalCount: 34 }))).toEqual({
      ids: all(34),
      asked: 4,
    });
    expect(await read((offset) => ({ items: page(offset, PAGES, 34) }))).toEqual({ ids: all(34), asked: 5 });
  });

  it("a server that knows no pages gives each event once", async () => {
    expect(await read(() => ({ items: page(0, 34, 34) }))).toEqual({ ids: all(34), asked: 2 });
  });

  it("a server that gives its first page again, though there are more, is named", async () => {
    const reading = read(() => ({ items: page(0, 10, 34), totalCount: 34 }));
    await expect(reading).rejects.toMatchObject({ message: expect.stringContaining("incomplete") });
  });

  it("a server whose pages have no end is named", async () => {
    const reading = read((offset) => ({ items: page(offset, 1, offset + 1) }));
    await expect(reading).rejects.toMatchObject({
      message: expect.stringContaining("doesn't end: 2000 entries"),
    });
  });

  it("the end of a call is found behind those of many others", async () => {
    const client = clientOf(sandbox, "neo");
    const call = await client.place({ caller: "e0", callee: "+493023125000" });
    for (let other = 0; other < 30; other++) await client.place({ caller: "e0", callee: "+493023125005" });
    await sandbox.clock.advance(120_000);
    expect(await passUntil(sandbox.clock, call.outcome())).toMatchObject({ end: { cause: "completed" } });
  });

  it("those of tiny pages aren't read without end, again and again", async () => {
    const clock = createManualClock();
    const server = await answering((path) => {
      const { pathname, searchParams } = new URL(path, "http://localhost");
      if (pathname === "/v2/calls" || !pathname.endsWith("/events"))
        return { status: 200, body: '{"data":[]}' };
      return { status: 200, body: JSON.stringify({ items: [event(Number(searchParams.get("offset")))] }) };
    });
    const call = clientAt(server, { platform: "neo", clock }).call("none", { channelId: "k" });
    const outcome = call.outcome({ giveUpAfterMs: 300 });
    expect(await passUntil(clock, outcome)).toMatchObject({ state: "unknown" });
    expect(server.requests.filter((request) => request.includes("/events"))).toHaveLength(10);
    await server.close();
  });
});
