// Several agents, one list: a contact is in one agent's hands at a time, every rule is judged again when it's dialled, and
// nothing is lost or rung twice when somebody vanishes.
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { Database } from "../src/database/database.js";
import { setCallRates } from "../src/lists/account.js";
import { addObjection, noteDisposition, reviewUnknown } from "../src/lists/agent-says.js";
import { findVanished } from "../src/lists/attempt-outcome.js";
import { type HandedOut, handOut } from "../src/lists/hand-out.js";
import { giveBack } from "../src/lists/lease.js";
import { type List, setListState } from "../src/lists/lists.js";
import { markDialling } from "../src/lists/mark-dialling.js";
import { type Agent, dialContact } from "../src/work/dial-contact.js";
import { emptyDatabase, startDatabases, type TestDatabases } from "./database.js";
import {
  agentNamed,
  contactStates,
  listOf,
  MORNING,
  SHOWN,
  type Switchboard,
  setMoment,
  startSwitchboard,
} from "./lists.js";

const ANSWERS = "+493023125000";
const BUSY = "+493023125486";
const NOBODY_ANSWERS = "+493023125408";
const NOT_FOUND = "+493023125404";

let databases: TestDatabases;
let switchboard: Switchboard;
let database: Database;
let anna: Agent;
let ben: Agent;
beforeAll(async () => {
  databases = await startDatabases();
  database = databases.open(databases.newDatabase());
  switchboard = await startSwitchboard();
});
afterAll(async () => {
  await switchboard.close();
  await databases.close();
});
beforeEach(async () => {
  await emptyDatabase(database);
  await setMoment(database, MORNING);
  anna = await agentNamed(database, "anna");
  ben = await agentNamed(database, "ben");
});

const next = (list: List, { id: agentId }: Agent) =>
  handOut(database, { listId: list.id, agentId, shownNumber: SHOWN });

async function contactFor(list: List, agent: Agent): Promise<HandedOut> {
  const handed = await next(list, agent);
  if (handed.kind !== "contact") throw new Error(`There is ${handed.kind}.`);
  return handed.contact;
}

const mark = (contact: HandedOut, { id }: Agent) => markDialling(database, contact, id, SHOWN);
const dial = (contact: HandedOut, agent: Agent) =>
  dialContact(switchboard.callingAt(database), agent, contact);
const later = (minutes: number) =>
  setMoment(database, new Date(new Date(MORNING).getTime() + minutes * 60_000));
const callsTo = (number: string) =>
  switchboard.sandbox.calls.filter(({ callee }) => callee === number).length;

describe("a contact", () => {
  it("is in one agent's hands at a time, the urgent ones first", async () => {
    const list = await listOf(database, "spring", [
      { number: ANSWERS },
      { number: BUSY, priority: 5 },
      { number: NOT_FOUND },
    ]);
    const held = await Promise.all([next(list, anna), next(list, ben), next(list, anna), next(list, ben)]);
    const numbers = held.map((handed) =>
      handed.kind === "contact" ? handed.contact.contact.number : handed.kind,
    );
    expect(numbers.toSorted()).toEqual([ANSWERS, NOT_FOUND, BUSY, "nobody"].toSorted());
    await later(6);
    expect((await contactFor(list, anna)).contact.number).toBe(BUSY);
  });

  it("comes back if the agent vanishes before it's dialled, and is nobody else's to dial then", async () => {
    const list = await listOf(database, "spring", [{ number: ANSWERS }]);
    const annas = await contactFor(list, anna);
    await later(4);
    expect(await next(list, ben)).toMatchObject({ kind: "nobody", nextAt: new Date("2026-11-25T09:05:00Z") });
    await later(6);
    expect(await mark(annas, anna)).toEqual({ kind: "lost" });
    const bens = await contactFor(list, ben);
    expect(await mark(annas, anna)).toEqual({ kind: "lost" });
    expect(await mark(bens, ben)).toMatchObject({ kind: "marked" });
    expect(await mark(bens, ben)).toEqual({ kind: "lost" });
  });

  it("that's given back is somebody else's at once", async () => {
    const list = await listOf(database, "spring", [{ number: ANSWERS }]);
    await giveBack(database, await contactFor(list, anna));
    expect((await contactFor(list, ben)).contact.number).toBe(ANSWERS);
  });
});

describe("the transaction that marks a contact as being dialled judges every rule again:", () => {
  it("shown at 19:59 and confirmed at 20:01, it isn't dialled, and is due in the morning", async () => {
    const list = await listOf(database, "spring", [{ number: ANSWERS }]);
    await setMoment(database, "2026-11-25T18:59:00Z");
    const contact = await contactFor(list, anna);
    await setMoment(database, "2026-11-25T19:01:00Z");
    const before = callsTo(ANSWERS);
    expect(await dial(contact, anna)).toMatchObject({ kind: "refused", reasons: [{ rule: "hours" }] });
    expect(callsTo(ANSWERS)).toBe(before);
    expect(await contactStates(database)).toMatchObject([
      { state: "waiting", due_at: new Date("2026-11-26T07:00:00Z") },
    ]);
  });

  it("a person who has objected meanwhile isn't called, by any list", async () => {
    const list = await listOf(database, "spring", [{ number: ANSWERS }]);
    const other = await listOf(database, "autumn", [{ number: ANSWERS }]);
    const contact = await contactFor(list, anna);
    await addObjection(database, ANSWERS, "by letter");
    expect(await mark(contact, anna)).toMatchObject({ kind: "refused", reasons: [{ rule: "do-not-call" }] });
    expect(await next(other, ben)).toMatchObject({ kind: "nobody" });
    expect(await contactStates(database)).toMatchObject([
      { state: "done", done_because: "do-not-call" },
      { state: "done", done_because: "do-not-call" },
    ]);
  });

  it("nobody is dialled once the list is paused or stopped, and the agent keeps the contact", async () => {
    const list = await listOf(database, "spring", [{ number: ANSWERS }]);
    const contact = await contactFor(list, anna);
    await setListState(database, list.id, "paused");
    expect(await mark(contact, anna)).toEqual({ kind: "paused" });
    await setListState(database, list.id, "stopped");
    expect(await mark(contact, anna)).toEqual({ kind: "stopped" });
    expect(await next(list, ben)).toEqual({ kind: "stopped" });
    await setListState(database, list.id, "running");
    expect(await mark(contact, anna)).toMatchObject({ kind: "marked" });
  });

  it("a number isn't called by two lists at once", async () => {
    const list = await listOf(database, "spring", [{ number: ANSWERS }]);
    const other = await listOf(database, "autumn", [{ number: ANSWERS }]);
    const [annas, bens] = [await contactFor(list, anna), await contactFor(other, ben)];
    expect(await mark(annas, anna)).toMatchObject({ kind: "marked" });
    await later(1);
    expect(await mark(bens, ben)).toMatchObject({ kind: "refused", reasons: [{ rule: "running" }] });
    expect((await contactStates(database)).map(({ state }) => state)).toEqual(["dialling", "waiting"]);
  });

  it("an agent has one call at a time", async () => {
    const list = await listOf(database, "spring", [{ number: ANSWERS }, { number: BUSY }]);
    const [first, second] = [await contactFor(list, anna), await contactFor(list, anna)];
    await mark(first, anna);
    await later(1);
    expect(await mark(second, anna)).toEqual({ kind: "agent-busy" });
  });
});

describe("after a call", () => {
  it.each([
    [ANSWERS, { state: "done", done_because: "finished" }],
    // sipgate's history doesn't tell that there is no such number.
    [NOT_FOUND, { state: "waiting", due_at: new Date("2026-11-25T13:00:00Z") }],
    [BUSY, { state: "waiting", due_at: new Date("2026-11-25T09:10:00Z") }],
    [NOBODY_ANSWERS, { state: "waiting", due_at: new Date("2026-11-25T13:00:00Z") }],
  ])("to %s, the contact goes where its cause sends it", async (number, expected) => {
    const list = await listOf(database, "spring", [{ number }]);
    expect(await dial(await contactFor(list, anna), anna)).toMatchObject({ kind: "over" });
    expect(await contactStates(database)).toMatchObject([expected]);
    expect(callsTo(number)).toBeGreaterThan(0);
  });

  it("nothing but the network has given up on a phone that rang: fewer than 15 s would harass", async () => {
    const list = await listOf(database, "spring", [{ number: NOBODY_ANSWERS }]);
    await dial(await contactFor(list, anna), anna);
    const { calls, requests } = switchboard.sandbox;
    const call = calls.findLast(({ callee }) => callee === NOBODY_ANSWERS);
    expect(call).toMatchObject({ state: "ended", end: { cause: "no-answer" } });
    expect(requests.filter(({ method }) => method === "DELETE")).toEqual([]);
  });

  it("what the agent says counts: a mailbox is tried again, and a call back comes at its time and first", async () => {
    const list = await listOf(database, "spring", [{ number: ANSWERS }, { number: NOT_FOUND, priority: 9 }]);
    await giveBack(database, await contactFor(list, anna), 3_600);
    const over = await dial(await contactFor(list, anna), anna);
    const attemptId = over.kind === "over" ? over.attemptId : "";
    await noteDisposition(database, attemptId, { disposition: "mailbox" });
    expect(await contactStates(database)).toMatchObject([
      { state: "waiting", due_at: new Date("2026-11-25T13:00:00Z") },
      {},
    ]);
    const callBackAt = new Date("2026-11-25T11:00:00Z");
    await noteDisposition(database, attemptId, { disposition: "call back", callBackAt, note: "after lunch" });
    expect(await contactStates(database)).toMatchObject([{ state: "waiting", due_at: callBackAt }, {}]);
    await later(120);
    const again = await contactFor(list, ben);
    expect(again.contact).toMatchObject({ number: ANSWERS, callBackAt });
    expect(again.attempts).toMatchObject([{ note: "after lunch", agent: "anna", cause: "completed" }]);
  });

  it("an objection on the phone holds for good", async () => {
    const list = await listOf(database, "spring", [{ number: ANSWERS }]);
    const over = await dial(await contactFor(list, anna), anna);
    await noteDisposition(database, over.kind === "over" ? over.attemptId : "", {
      disposition: "do not call",
    });
    const other = await listOf(database, "autumn", [{ number: ANSWERS }]);
    expect(await next(other, ben)).toMatchObject({ kind: "nobody", reason: { rule: "do-not-call" } });
  });
});

describe("a program that vanishes while it's dialling", () => {
  it("leaves the contact to a person, who decides: it never comes back by itself", async () => {
    const list = await listOf(database, "spring", [{ number: ANSWERS }]);
    await mark(await contactFor(list, anna), anna);
    await later(2);
    expect(await findVanished(database)).toBe(1);
    expect(await findVanished(database)).toBe(0);
    await later(60 * 24 * 28);
    expect(await next(list, ben)).toMatchObject({ kind: "nobody" });
    const [contact] = await contactStates(database);
    expect(contact?.state).toBe("unknown");
    await reviewUnknown(database, contact?.id ?? "", "not-reached");
    expect((await contactFor(list, ben)).contact.number).toBe(ANSWERS);
  });

  it("and wakes late dials nothing, whatever a person has decided by then", async () => {
    const list = await listOf(database, "spring", [{ number: BUSY }]);
    const contact = await contactFor(list, anna);
    const calling = switchboard.callingAt(database);
    const before = callsTo(BUSY);
    const woken = dialContact(
      {
        ...calling,
        client: {
          // Between the mark and the request, a night passes.
          async place(...request) {
            await later(2);
            await findVanished(database);
            return calling.client.place(...request);
          },
        },
      },
      anna,
      contact,
    );
    expect(await woken).toMatchObject({ kind: "not-dialled", error: { placed: "no" } });
    expect(callsTo(BUSY)).toBe(before);
  });
});

describe("the account's rates hold over all machines:", () => {
  it("calls a second, at once and a day", async () => {
    const list = await listOf(database, "spring", [
      { number: ANSWERS },
      { number: BUSY },
      { number: NOT_FOUND },
    ]);
    const [first, second] = [await contactFor(list, anna), await contactFor(list, ben)];
    expect(await mark(first, anna)).toMatchObject({ kind: "marked" });
    const until = new Date("2026-11-25T09:00:01Z");
    expect(await mark(second, ben)).toMatchObject({
      kind: "wait",
      reason: { rule: "calls-a-second", until },
    });
    await setMoment(database, until);
    await setCallRates(database, { aSecond: 1, atOnce: 1, aDay: 1 });
    expect(await mark(second, ben)).toMatchObject({ kind: "wait", reason: { rule: "calls-at-once" } });
    await setCallRates(database, { aSecond: 1, atOnce: 2, aDay: 1 });
    expect(await mark(second, ben)).toMatchObject({ kind: "wait", reason: { rule: "calls-a-day" } });
    await setCallRates(database, { aSecond: 1, atOnce: 2, aDay: 2 });
    expect(await mark(second, ben)).toMatchObject({ kind: "marked" });
  });

  it("sipgate's 429 slows everybody down and fails nobody", async () => {
    const list = await listOf(database, "spring", [{ number: NOT_FOUND }, { number: BUSY }]);
    const [first, second] = [await contactFor(list, anna), await contactFor(list, ben)];
    switchboard.sandbox.faults.add({
      how: "answer",
      status: 429,
      headers: { "Retry-After": "40" },
      path: "/sessions/calls",
    });
    expect(await dial(first, anna)).toMatchObject({ kind: "not-dialled", isKept: true });
    const reason = { rule: "calls-a-second", until: new Date("2026-11-25T09:00:40Z") };
    expect(await dial(second, ben)).toMatchObject({ kind: "wait", reason });
    await setMoment(database, reason.until);
    expect(await dial(first, anna)).toMatchObject({ kind: "over", end: { cause: "unreachable" } });
    await later(2);
    expect(await dial(second, ben)).toMatchObject({ kind: "over", end: { cause: "busy" } });
  });
});
