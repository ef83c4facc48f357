// The rules as a decorator of the library's client.
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createClient } from "sipgate-call";
import { withRules } from "sipgate-call-mcp";
import { createSandbox, type Sandbox } from "sipgate-sandbox";
import { afterEach, beforeEach, expect, it } from "vitest";
import { passUntil } from "../../call/test/support.js";

let sandbox: Sandbox;
let folder: string;

beforeEach(async () => {
  sandbox = await createSandbox({ clock: "manual" }); // It begins on a Monday at 09:00 in Berlin.
  folder = mkdtempSync(join(tmpdir(), "sipgate-call-rules-"));
});
afterEach(() => sandbox.close());

function ruled(rules: Parameters<typeof withRules>[1], platform: "classic" | "neo" = "classic") {
  const { baseUrl, clock } = sandbox;
  const client = createClient({ credentials: sandbox[platform], baseUrl, clock });
  return withRules(client, rules, { folder, clock });
}

const CALL = { caller: "e0", callee: "+493023125001" };

it("places what the rules allow, and refuses the rest as an invalid request that wasn't placed", async () => {
  const client = ruled({ deny: ["+4940*"], callsAtOnce: 5 });
  expect((await client.place(CALL)).platform).toBe("classic");
  const refused = client.place({ ...CALL, callee: "+494066969000" });
  await expect(refused).rejects.toMatchObject({
    code: "invalid-request",
    placed: "no",
    problems: [{ field: "rules", code: "rule-number" }],
  });
  expect(sandbox.calls).toHaveLength(1);
});

it("holds for a phone number as the caller, too: it rings first", async () => {
  const client = ruled({ callsAtOnce: 9 });
  const abroad = { ...CALL, caller: "+442079460000", deviceId: "e0" };
  expect((await client.judge(abroad)).map(({ code }) => code)).toEqual(["rule-country"]);
  await expect(client.place(abroad)).rejects.toMatchObject({ problems: [{ code: "rule-country" }] });
  expect(sandbox.calls).toHaveLength(0);
  await client.place({ ...abroad, caller: "+4915228817386" });
  expect(sandbox.calls).toHaveLength(1);
});

it("takes every number for costly that isn't known to be an ordinary one of a country", async () => {
  const client = ruled({ countries: ["*"], callsAtOnce: 9 });
  const COSTLY = {
    "a satellite of Inmarsat": "+870 760000000",
    "a satellite network": "+881 600000000",
    "an international network": "+882 1000000000",
    "another one": "+883 510000000",
    "a personal number of no country": "+878 100000000000",
    "premium rate of no country": "+979 100000000",
    "shared cost of no country": "+808 10000000",
    "a personal number": "+44 7000000000",
    "premium rate": "+44 9098790000",
    "shared cost": "+41 840000000",
    "a company-wide number": "+81 570000000",
    "a pager": "+49 1640000",
  };
  for (const [kind, callee] of Object.entries(COSTLY)) {
    const codes = (await client.judge({ ...CALL, callee })).map(({ code }) => code);
    expect(codes, kind).toEqual(["rule-costly"]);
    const allowed = ruled({ countries: ["*"], costly: [`${callee.split(" ")[0]}*`] });
    expect(await allowed.judge({ ...CALL, callee }), kind).toEqual([]);
  }
  for (const callee of ["+493023125000", "+4915228817386", "+442079460000", "+800 10000000"])
    expect(await client.judge({ ...CALL, callee }), callee).toEqual([]);
});

it("counts for all clients that share the folder, and by the client's clock", async () => {
  const [one, other] = [ruled({ callsAnHour: 1, callsAtOnce: 9 }), ruled({ callsAnHour: 1, callsAtOnce: 9 })];
  await one.place(CALL);
  expect((await other.judge(CALL)).map(({ code }) => code)).toEqual(["rule-hour-limit"]);
  await expect(other.place(CALL)).rejects.toMatchObject({ problems: [{ code: "rule-hour-limit" }] });
  await sandbox.clock.advance(3_600_000);
  expect(await other.judge(CALL)).toEqual([]);
  await sandbox.clock.advance(10 * 3_600_000); // 20:00 in Berlin
  expect((await other.judge(CALL)).map(({ code }) => code)).toEqual(["rule-hours"]);
});

it("takes hours by the clock on the wall, on the days on which it's changed, too", async () => {
  const { baseUrl, classic } = sandbox;
  const client = createClient({ credentials: classic, baseUrl });
  const at = async (utc: string) => {
    const clock = { ...sandbox.clock, now: () => new Date(utc) };
    const hours = { from: "02:30", to: "03:30" };
    return (await withRules(client, { hours }, { folder, clock }).judge(CALL)).map(({ code }) => code);
  };
  // In Berlin it's 01:59 and then 03:00 in March, and twice 02:30 in October.
  expect(await at("2026-03-29T00:59:59Z")).toEqual(["rule-hours"]);
  expect(await at("2026-03-29T01:00:00Z")).toEqual([]);
  expect(await at("2026-03-29T01:30:00Z")).toEqual(["rule-hours"]);
  expect(await at("2026-10-25T00:29:59Z")).toEqual(["rule-hours"]);
  expect(await at("2026-10-25T00:30:00Z")).toEqual([]);
  expect(await at("2026-10-25T01:29:59Z")).toEqual(["rule-hours"]);
  expect(await at("2026-10-25T01:30:00Z")).toEqual([]);
  expect(await at("2026-10-25T02:30:00Z")).toEqual(["rule-hours"]);
});

it("lets the next call begin once the one before has ended, as sipgate's history shows", async () => {
  const client = ruled({});
  await client.place({ ...CALL, callee: "+493023125486" }); // Busy.
  expect((await client.judge(CALL)).map(({ code }) => code)).toEqual(["rule-calls-at-once"]);
  await sandbox.clock.advance(30_000);
  expect(sandbox.calls[0]?.end?.cause).toBe("busy");
  expect(await passUntil(sandbox.clock, client.judge(CALL))).toEqual([]);
});

it("doesn't count what sipgate refuses, nor the same key twice", async () => {
  const client = ruled({ callsAnHour: 1, callsAtOnce: 9 });
  sandbox.faults.add({ how: "answer", method: "POST", path: "/sessions/calls", status: 402 });
  await expect(client.place(CALL)).rejects.toMatchObject({ placed: "no" });
  const idempotencyKey = folder; // Nobody else has it.
  const first = await client.place({ ...CALL, idempotencyKey });
  const second = await client.place({ ...CALL, idempotencyKey });
  expect(second).toMatchObject({ callId: first.callId, repeated: true });
  expect(sandbox.calls).toHaveLength(1);
});

it("counts calls of two accounts under the same key as two", async () => {
  const rules = { callsAnHour: 1, callsAtOnce: 9 };
  const idempotencyKey = folder;
  await ruled(rules).place({ ...CALL, idempotencyKey });
  const other = ruled(rules, "neo");
  const keyed = { ...CALL, idempotencyKey };
  expect((await other.judge(keyed)).map(({ code }) => code)).toEqual(["rule-hour-limit"]);
  await expect(other.place(keyed)).rejects.toMatchObject({ problems: [{ code: "rule-hour-limit" }] });
  expect(sandbox.calls).toHaveLength(1);
  // The same key of the same account, written another way, is the same call.
  expect(await ruled(rules).judge({ ...CALL, idempotencyKey: ` ${folder} ` })).toEqual([]);
});

it("places nothing if calls can't be counted, and says what a person can do", async () => {
  const client = ruled({ callsAtOnce: 9 });
  await client.place(CALL);
  const counted = join(folder, "calls");
  const [file = ""] = readdirSync(counted);
  for (const content of ["", "{", "{}", '{"name":5,"at":1}']) {
    writeFileSync(join(counted, file), content);
    const refusal = { code: "invalid-settings", placed: "no", problems: [{ code: "damaged" }] };
    await expect(client.place(CALL), content).rejects.toMatchObject(refusal);
    await expect(client.judge(CALL), content).rejects.toThrow(join(counted, file));
  }
  expect((await client.devices()).length).toBeGreaterThan(0);
  expect(sandbox.calls).toHaveLength(1);
  rmSync(join(counted, file));
  expect(await client.judge(CALL)).toEqual([]);

  rmSync(counted, { recursive: true });
  writeFileSync(counted, "a file in the place of the folder");
  const uncountable = { code: "invalid-settings", placed: "no", problems: [{ code: "uncountable" }] };
  await expect(client.place(CALL)).rejects.toMatchObject(uncountable);
  expect(sandbox.calls).toHaveLength(1);
});

it("leaves a key that isn't text to the client, and counts nothing for it", async () => {
  const client = ruled({ callsAnHour: 1 });
  const wrong = { ...CALL, idempotencyKey: 5 as unknown as string };
  const problems = [expect.objectContaining({ field: "idempotencyKey" })];
  await expect(client.place(wrong)).rejects.toMatchObject({
    code: "invalid-request",
    placed: "no",
    problems,
  });
  expect(await client.judge(CALL)).toEqual([]);
});

it("holds for transfers of every call", async () => {
  const client = ruled({});
  const { callId } = await client.place(CALL);
  await sandbox.clock.advance(20_000);
  const abroad = client.call(callId).transfer({ to: "+442079460000" });
  await expect(abroad).rejects.toMatchObject({ problems: [{ code: "rule-country" }] });
  await client.call(callId).transfer({ to: "040 66969 000" });
  expect(sandbox.calls[0]?.transfers.map(({ phoneNumber }) => phoneNumber)).toEqual(["+494066969000"]);
});

it("keeps the rules that were checked, whatever becomes of the given lists", async () => {
  const deny = ["+493023125001"];
  const client = ruled({ deny });
  deny.pop();
  expect((await client.judge(CALL)).map(({ code }) => code)).toEqual(["rule-number"]);
});

it("refuses rules that would deny nothing: with the zero of a country, or a country that isn't one", async () => {
  const NO_NUMBERS = ["+49 (0)3*", "+49 03*", "+490*", "+44 (02)*", "+353 0*"];
  for (const rule of ["deny", "allow", "costly"] as const)
    for (const pattern of NO_NUMBERS)
      expect(() => ruled({ [rule]: [pattern] }), pattern).toThrow(
        expect.objectContaining({ problems: [expect.objectContaining({ field: rule })] }),
      );
  for (const code of ["UK", "XX", "de", "*"])
    expect(() => ruled({ denyCountries: [code] }), code).toThrow(
      expect.objectContaining({ problems: [expect.objectContaining({ field: "denyCountries" })] }),
    );
  expect(() => ruled({ countries: ["UK"] })).toThrow(
    expect.objectContaining({
      problems: [expect.objectContaining({ message: expect.stringContaining('"GB"') })],
    }),
  );
  const { getCountries } = await import("libphonenumber-js/max");
  ruled({ countries: [...getCountries(), "*"], denyCountries: getCountries() });
  ruled({ deny: ["+39 06*", "+225 07*", "+1 202*", "+7 495*", "+49 30 0*", "+353 1*", "+4*", "*"] });
});

it("names everything that is wrong with rules", () => {
  const wrong = { allow: ["030"], hours: { from: "20:00", to: "08:00" }, callsADay: -1, alow: [] };
  const problems = ["allow", "hours", "callsADay", "alow"].map((field) => expect.objectContaining({ field }));
  expect(() => ruled(wrong)).toThrow(expect.objectContaining({ code: "invalid-settings", problems }));
});
