// What keeps calls from being placed, by the server itself: tokens, rules, a person's yes.
import { mkdirSync, readdirSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createSandbox, type Sandbox } from "sipgate-sandbox";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import {
  type Agent,
  type AgentOptions,
  ANY_HOUR,
  type Answer,
  connect,
  settingsOf,
  writeRules,
} from "./agents.js";

const CALLEE = "+493023125001";
const OTHER = "+493023125000";

let sandbox: Sandbox;
const agents: Agent[] = [];

beforeEach(async () => {
  sandbox = await createSandbox({ clock: "manual" });
});
afterEach(async () => {
  await Promise.all(agents.splice(0).map((agent) => agent.close()));
  await sandbox.close();
});

async function agentOf(options: AgentOptions): Promise<Agent> {
  const agent = await connect(options);
  agents.push(agent);
  return agent;
}

/** A program that says yes to everything by itself. */
const careless = () => "yes" as const;

async function tokenFor(agent: Agent, callee = CALLEE): Promise<string> {
  const plan = await agent.use("plan_call", { callee });
  expect(plan.isError, plan.text).toBe(false);
  return plan.data.plan.token;
}

const codesOf = ({ data }: Answer): string[] => data.error.problems.map(({ code }: { code: string }) => code);

const bodies = () => sandbox.requests.filter(({ method }) => method === "POST").length;

describe("a token", () => {
  it("rings once, if it's used twice, at the same time, by two processes and after one was killed", async () => {
    const env = settingsOf(sandbox);
    const [one, other] = await Promise.all([
      agentOf({ person: careless, env }),
      agentOf({ person: careless, env }),
    ]);
    const token = await tokenFor(one);
    const placed = await Promise.all([one, one, other].map((agent) => agent.use("place_call", { token })));
    const ids = placed.map(({ data }) => data.call?.callId);
    expect(new Set(ids).size, JSON.stringify(placed)).toBe(1);
    expect(sandbox.calls).toHaveLength(1);

    process.kill(one.pid ?? 0, "SIGKILL");
    // Even if the plan has expired, and the rules would forbid it by now.
    age(env, 11 * 60_000);
    writeRules(env, { ...ANY_HOUR, deny: [CALLEE] });
    const again = await (await agentOf({ person: careless, env })).use("place_call", { token });
    expect(again.data.call).toMatchObject({ callId: ids[0], repeated: true });
    expect(again.text).toContain("Nobody was rung now.");
    expect(bodies()).toBe(1);
  });

  it("that was changed by a letter is no token", async () => {
    const agent = await agentOf({ person: careless, env: settingsOf(sandbox) });
    const token = await tokenFor(agent);
    const letter = token.at(-1) === "A" ? "B" : "A";
    const refused = await agent.use("place_call", { token: token.slice(0, -1) + letter });
    expect(codesOf(refused)).toEqual(["unknown-token"]);
    expect(sandbox.calls).toEqual([]);
  });

  it("of another account is no token", async () => {
    const env = settingsOf(sandbox);
    const token = await tokenFor(await agentOf({ person: careless, env }));
    const { SIPGATE_TOKEN_ID, SIPGATE_TOKEN } = settingsOf(sandbox, {}, "neo");
    const other = await agentOf({ person: careless, env: { ...env, SIPGATE_TOKEN_ID, SIPGATE_TOKEN } });
    expect(codesOf(await other.use("place_call", { token }))).toEqual(["unknown-token"]);
  });

  it("isn't valid after ten minutes, whatever a person says", async () => {
    const env = settingsOf(sandbox);
    const agent = await agentOf({ person: careless, env });
    const token = await tokenFor(agent);
    age(env, 10 * 60_000 + 1_000);
    expect(codesOf(await agent.use("place_call", { token }))).toEqual(["expired"]);
    expect(sandbox.calls).toEqual([]);
  });

  it("can be used again if the person hasn't decided, and to look at its call after a restart", async () => {
    const env = settingsOf(sandbox);
    const said = ["cancel", "yes"] as const;
    let asked = 0;
    const agent = await agentOf({ person: () => said[asked++] ?? "no", env });
    const token = await tokenFor(agent);
    const waiting = await agent.use("place_call", { token });
    expect(waiting).toMatchObject({ isError: false, data: { waitingForYes: true } });
    expect(sandbox.calls).toEqual([]);
    const placed = await agent.use("place_call", { token });
    process.kill(agent.pid ?? 0, "SIGKILL");
    await sandbox.clock.advance(20_000);
    const later = await (await agentOf({ env })).use("get_call", { token });
    expect(later.data).toMatchObject({ callId: placed.data.call.callId, state: { state: "connected" } });
  });

  it("stands in no file: a reader of the state can't use it", async () => {
    const env = settingsOf(sandbox);
    const token = await tokenFor(await agentOf({ person: careless, env }));
    const folder = join(env.XDG_STATE_HOME, "sipgate-call");
    const files = readdirSync(folder, { recursive: true, encoding: "utf8" }).map((name) =>
      join(folder, name),
    );
    const texts = files.filter((file) => statSync(file).isFile()).map((file) => readFileSync(file, "utf8"));
    expect(texts.length).toBeGreaterThan(1);
    expect(texts.filter((text) => text.includes(token))).toEqual([]);
    const modes = files.map((file) => statSync(file).mode & 0o077);
    expect(new Set(modes)).toEqual(new Set([0]));
  });
});

describe("a damaged file", () => {
  const filesOf = (env: Record<string, string>, ending: string) => {
    const folder = join(env.XDG_STATE_HOME ?? "", "sipgate-call/agents/plans");
    return readdirSync(folder)
      .filter((name) => name.endsWith(ending))
      .map((name) => join(folder, name));
  };

  it("of a plan spoils that plan alone", async () => {
    const env = settingsOf(sandbox);
    const agent = await agentOf({ person: careless, env });
    const SPOILT: readonly ((text: string) => string)[] = [
      () => "",
      (text) => text.slice(0, -1),
      () => "null",
      (text) => JSON.stringify({ ...JSON.parse(text), action: { kind: "call" } }),
      (text) => JSON.stringify({ ...JSON.parse(text), action: { kind: "dial" } }),
      (text) => JSON.stringify({ ...JSON.parse(text), at: "now" }),
    ];
    for (const spoil of SPOILT) {
      const spoilt = await tokenFor(agent);
      const [file = ""] = filesOf(env, ".plan.json");
      const content = spoil(readFileSync(file, "utf8"));
      writeFileSync(file, content);
      expect(codesOf(await agent.use("place_call", { token: spoilt })), content).toEqual(["unknown-token"]);
      rmSync(file);
    }
    const placed = await agent.use("place_call", { token: await tokenFor(agent) });
    expect(placed.isError, placed.text).toBe(false);
    expect(sandbox.calls).toHaveLength(1);
  });

  it("of an answer is a no, and one of what became of the call rings nobody again", async () => {
    const env = settingsOf(sandbox, { callsAtOnce: 9 });
    let answer: "yes" | "no" = "no";
    const agent = await agentOf({ person: () => answer, env });
    const refused = await tokenFor(agent);
    await agent.use("place_call", { token: refused });
    for (const file of filesOf(env, ".answer.json")) writeFileSync(file, "{");
    answer = "yes";
    expect(codesOf(await agent.use("place_call", { token: refused }))).toEqual(["no"]);

    const token = await tokenFor(agent);
    const { callId } = (await agent.use("place_call", { token })).data.call;
    for (const file of filesOf(env, ".placed.json")) writeFileSync(file, "{");
    const again = await agent.use("place_call", { token });
    expect(again.data.call).toMatchObject({ callId, repeated: true });
    expect(sandbox.calls).toHaveLength(1);
  });

  it("among the counted calls keeps calls from being placed, and nothing else", async () => {
    const env = settingsOf(sandbox);
    const agent = await agentOf({ person: careless, env });
    const token = await tokenFor(agent);
    const folder = join(env.XDG_STATE_HOME, "sipgate-call/agents/calls");
    mkdirSync(folder);
    const file = join(folder, "damaged.json");
    writeFileSync(file, "{");
    const refused = await agent.use("place_call", { token });
    expect(refused.data.error).toMatchObject({ code: "invalid-settings", placed: "no" });
    expect(refused.text).toContain(file);
    expect(refused.text).toContain("removes that file");
    for (const tool of ["list_phones", "list_calls", "call_history"])
      expect(await agent.use(tool), tool).toMatchObject({ isError: false });
    rmSync(file);
    expect(await agent.use("place_call", { token })).toMatchObject({ isError: false });
    expect(sandbox.calls).toHaveLength(1);
  });

  it("in the place of the plans' folder is named, and nothing is planned", async () => {
    const env = settingsOf(sandbox);
    const agent = await agentOf({ person: careless, env });
    const folder = join(env.XDG_STATE_HOME, "sipgate-call/agents/plans");
    mkdirSync(join(folder, ".."), { recursive: true });
    writeFileSync(folder, "");
    const refused = await agent.use("plan_call", { callee: CALLEE });
    expect(refused).toMatchObject({ isError: true, data: { error: { code: "internal" } } });
    expect(refused.text).toContain(`${folder} can't be used`);
    rmSync(folder);
    await tokenFor(agent);
  });
});

/** Lets time pass for plans: they were made longer ago. */
function age(env: Record<string, string>, milliseconds: number): void {
  const folder = join(env.XDG_STATE_HOME ?? "", "sipgate-call/agents/plans");
  for (const name of readdirSync(folder).filter((file) => file.endsWith(".plan.json"))) {
    const plan = JSON.parse(readFileSync(join(folder, name), "utf8"));
    writeFileSync(join(folder, name), JSON.stringify({ ...plan, at: plan.at - milliseconds }));
  }
}

describe("the rules", () => {
  it("refuse a call when it's planned and when it's placed, each for its reason", async () => {
    const env = settingsOf(sandbox, { countries: ["*"], costly: ["*"] });
    const agent = await agentOf({ person: careless, env });
    const REFUSED: readonly (readonly [rules: object, callee: string, codes: readonly string[]])[] = [
      [{}, "+442079460000", ["rule-country"]],
      [{ countries: ["*"], denyCountries: ["GB"] }, "+442079460000", ["rule-country"]],
      [{ deny: ["+49 30 23125 *"] }, CALLEE, ["rule-number"]],
      [{ allow: ["+49 40*"] }, CALLEE, ["rule-number"]],
      [{ countries: ["*"] }, "+449098790000", ["rule-costly"]],
      [{ hours: { from: "00:00", to: "00:01", days: [] } }, CALLEE, ["rule-hours"]],
      [{ callsADay: 0 }, CALLEE, ["rule-day-limit"]],
      [
        { deny: [CALLEE], callsAnHour: 0, callsAtOnce: 0 },
        CALLEE,
        ["rule-number", "rule-hour-limit", "rule-calls-at-once"],
      ],
    ];
    for (const [rules, callee, codes] of REFUSED) {
      writeRules(env, { ...ANY_HOUR, countries: ["*"], costly: ["*"] });
      const token = await tokenFor(agent, callee);
      writeRules(env, { ...ANY_HOUR, ...rules });
      expect(codesOf(await agent.use("plan_call", { callee }))).toEqual(codes);
      expect(codesOf(await agent.use("place_call", { token }))).toEqual(codes);
    }
    expect(sandbox.calls).toEqual([]);
  });

  it("that can't be read or are wrong allow nothing", async () => {
    const env = settingsOf(sandbox);
    const agent = await agentOf({ person: careless, env });
    const token = await tokenFor(agent);
    for (const wrong of ["{", '{"callsADay": "many"}', '{"alow": []}', "[]"]) {
      writeRules(env, wrong);
      const refused = await agent.use("place_call", { token });
      expect(refused.data.error, wrong).toMatchObject({ code: "invalid-settings", placed: "no" });
    }
    expect(sandbox.calls).toEqual([]);
  });

  it("may begin with a byte order mark, and allow nothing if their file is a link that leads nowhere", async () => {
    const env = settingsOf(sandbox);
    const agent = await agentOf({ person: careless, env });
    writeRules(env, `\ufeff${JSON.stringify(ANY_HOUR)}`);
    expect(await agent.use("plan_call", { callee: CALLEE })).toMatchObject({ isError: false });
    const file = join(env.XDG_CONFIG_HOME, "sipgate-call/agents.json");
    rmSync(file);
    symlinkSync(join(tmpdir(), "no-such-rules.json"), file);
    const refused = await agent.use("plan_call", { callee: CALLEE });
    expect(refused.data.error).toMatchObject({ code: "invalid-settings", placed: "no" });
  });

  it("that are named and aren't there allow nothing", async () => {
    const args = ["--rules", join(tmpdir(), "no-such-rules.json")];
    const agent = await agentOf({ person: careless, env: settingsOf(sandbox), args });
    const refused = await agent.use("plan_call", { callee: CALLEE });
    expect(refused.data.error).toMatchObject({ code: "invalid-settings", placed: "no" });
    expect(refused.text).toContain("no-such-rules.json can't be read (ENOENT).");
  });

  it("let only as many calls through as are allowed, however many processes place them", async () => {
    const env = settingsOf(sandbox, { callsAnHour: 2, callsAtOnce: 10 });
    const careful = await Promise.all([1, 2, 3].map(() => agentOf({ person: careless, env })));
    const tokens = await Promise.all(careful.map((agent) => tokenFor(agent)));
    const answers = await Promise.all(
      careful.map((agent, index) => agent.use("place_call", { token: tokens[index] })),
    );
    const refused = answers.filter(({ isError }) => isError);
    expect(refused.map(codesOf)).toEqual(
      Array(answers.length - sandbox.calls.length).fill(["rule-hour-limit"]),
    );
    expect(sandbox.calls.length).toBeLessThanOrEqual(2);
    expect(sandbox.calls.length).toBeGreaterThan(0);
  });

  it("let one call run at a time, and the next once its end is known", async () => {
    const passing = setInterval(() => void sandbox.clock.advance(1_000), 20);
    try {
      const env = settingsOf(sandbox);
      const agent = await agentOf({ person: careless, env });
      const [first, second] = [await tokenFor(agent), await tokenFor(agent, OTHER)];
      const placed = await agent.use("place_call", { token: first });
      const { callId } = placed.data.call;
      expect(codesOf(await agent.use("place_call", { token: second }))).toEqual(["rule-calls-at-once"]);
      while (sandbox.calls[0]?.state !== "connected") await new Promise((resolve) => setImmediate(resolve));
      const done = await agent.use("control_call", { action: "hangup", callId });
      expect(done.isError, done.text).toBe(false);
      await agent.use("get_call", { callId, waitSeconds: 20 });
      expect(await agent.use("place_call", { token: second })).toMatchObject({ isError: false });
      expect(sandbox.calls).toHaveLength(2);
    } finally {
      clearInterval(passing);
    }
  });

  it("never let an emergency number through, and say what to do", async () => {
    const env = settingsOf(sandbox, { allow: ["*"], countries: ["*"], yesTo: ["*"], costly: ["*"] });
    const agent = await agentOf({ person: careless, env });
    for (const callee of ["112", "110", "+49112", "030 112", "911"]) {
      const refused = await agent.use("plan_call", { callee });
      expect(codesOf(refused)).toEqual(["emergency"]);
      expect(refused.text).toMatch(/Dial .*directly, now, on a phone/);
    }
  });

  it("may say yes beforehand to a number, and to no other", async () => {
    const agent = await agentOf({ env: settingsOf(sandbox, { yesTo: [CALLEE] }) });
    const refused = await agent.use("place_call", { token: await tokenFor(agent, OTHER) });
    expect(codesOf(refused)).toEqual(["nobody-to-ask"]);
    const placed = await agent.use("place_call", { token: await tokenFor(agent) });
    expect(placed.data).toMatchObject({ yesBy: "rules" });
    expect(sandbox.calls.map(({ callee }) => callee)).toEqual([CALLEE]);
  });

  it("say yes beforehand to calls only, and to no transfer of somebody's call", async () => {
    const agent = await agentOf({ env: settingsOf(sandbox, { yesTo: [CALLEE, OTHER] }) });
    const { callId } = (await agent.use("place_call", { token: await tokenFor(agent) })).data.call;
    const plan = await agent.use("plan_call", { action: "transfer", callId, to: OTHER });
    const refused = await agent.use("control_call", { token: plan.data.plan.token });
    expect(codesOf(refused)).toEqual(["nobody-to-ask"]);
    expect(sandbox.calls[0]?.transfers).toEqual([]);
  });

  it("say yes to a call beforehand only if they do to its caller, too", async () => {
    const agent = await agentOf({ env: settingsOf(sandbox, { yesTo: [OTHER] }) });
    const call = { callee: OTHER, caller: "+4915228817386", deviceId: "e0" };
    const plan = await agent.use("plan_call", call);
    const refused = await agent.use("place_call", { token: plan.data.plan.token });
    expect(codesOf(refused)).toEqual(["nobody-to-ask"]);
    expect(sandbox.calls).toHaveLength(0);
  });

  it("may say that what a program answers isn't a person's yes", async () => {
    const agent = await agentOf({ person: careless, env: settingsOf(sandbox, { askBy: ["page"] }) });
    const refused = await agent.use("place_call", { token: await tokenFor(agent) });
    expect(codesOf(refused)).toEqual(["nobody-to-ask"]);
    expect(sandbox.calls).toEqual([]);
  });
});
