// Calls that may have rung somebody: no answer of any tool may say later that nothing was dialled.
import { readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
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

let sandbox: Sandbox;
let env: ReturnType<typeof settingsOf>;
const agents: Agent[] = [];

beforeEach(async () => {
  // In real time: the search for a call ends once it's seen.
  sandbox = await createSandbox();
  env = settingsOf(sandbox, { callsAtOnce: 9 });
});
afterEach(async () => {
  await Promise.all(agents.splice(0).map((agent) => agent.close()));
  await sandbox.close();
});

async function agentOf(options: AgentOptions = {}): Promise<Agent> {
  const agent = await connect({ person: () => "yes", env, ...options });
  agents.push(agent);
  return agent;
}

async function plannedBy(agent: Agent, input: Record<string, unknown> = { callee: CALLEE }): Promise<string> {
  const plan = await agent.use("plan_call", input);
  expect(plan.isError, plan.text).toBe(false);
  return plan.data.plan.token;
}

const loseAnswer = (path: string) =>
  sandbox.faults.add({ how: "reset", method: "POST", path, carriedOut: true });

function expectUnknown(answer: Answer, why: string): void {
  expect(answer, why).toMatchObject({
    isError: true,
    data: { doNotCallAgain: true, error: { placed: "unknown" } },
  });
  expect(answer.text, why).toContain("Do not call again.");
  expect(answer.text, why).not.toMatch(/Nothing was d|new key|client\.|this key/);
}

const folder = (name: string) => join(env.XDG_STATE_HOME, "sipgate-call/agents", name);

/** Plans of another time, or none. */
function eachPlan(change: (plan: { readonly at: number }) => object | undefined): void {
  for (const name of readdirSync(folder("plans")).filter((file) => file.endsWith(".plan.json"))) {
    const path = join(folder("plans"), name);
    const changed = change(JSON.parse(readFileSync(path, "utf8")));
    if (changed === undefined) rmSync(path);
    else writeFileSync(path, JSON.stringify(changed));
  }
}

describe("a call whose answer was lost", () => {
  it("isn't known to be placed, whatever speaks against it later", { timeout: 60_000 }, async () => {
    const agent = await agentOf();
    const token = await plannedBy(agent);
    loseAnswer("/sessions/calls");
    expectUnknown(await agent.use("place_call", { token }), "at first");
    expectUnknown(await agent.use("get_call", { token }), "get_call");
    const rules = { ...ANY_HOUR, callsAtOnce: 9 };
    for (const wrong of [{ ...rules, deny: [CALLEE] }, { ...rules, callsAnHour: 0 }, "{"]) {
      writeRules(env, wrong);
      expectUnknown(await agent.use("place_call", { token }), JSON.stringify(wrong));
    }
    writeRules(env, rules);
    const damaged = join(folder("calls"), "damaged.json");
    writeFileSync(damaged, "{");
    expectUnknown(await agent.use("place_call", { token }), "uncountable");
    rmSync(damaged);
    const { SIPGATE_TOKEN_ID, SIPGATE_TOKEN } = settingsOf(sandbox, {}, "neo");
    const other = await agentOf({ env: { ...env, SIPGATE_TOKEN_ID, SIPGATE_TOKEN } });
    expectUnknown(await other.use("place_call", { token }), "another account");
    eachPlan((plan) => ({ ...plan, at: plan.at - 11 * 60_000 }));
    expectUnknown(await agent.use("place_call", { token }), "expired");
    eachPlan(() => undefined);
    expectUnknown(await agent.use("place_call", { token }), "after a day");
    expectUnknown(await agent.use("get_call", { token }), "get_call after a day");
    expect(sandbox.calls).toHaveLength(1);
  });

  it("is told when the same number is planned again, so the person's yes is informed", {
    timeout: 90_000,
  }, async () => {
    const asked: string[] = [];
    const person = (message: string) => {
      asked.push(message);
      return "no" as const;
    };
    const agent = await agentOf();
    loseAnswer("/sessions/calls");
    await agent.use("place_call", { token: await plannedBy(agent) });
    loseAnswer("/sessions/calls");
    await agent.use("place_call", { token: await plannedBy(agent) });
    const careful = await agentOf({ person });
    const plan = await careful.use("plan_call", { callee: CALLEE });
    const warning = /Careful: this number may have been rung at \d\d:\d\d already\./;
    const said = plan.text?.match(/Careful: .*?already\./g);
    expect(said, "a minute is said once").toEqual([...new Set(said)]);
    expect(plan.text).toMatch(warning);
    expect(plan.data.plan.points[0]).toMatch(warning);
    await careful.use("place_call", { token: plan.data.plan.token });
    expect(asked.join()).toMatch(warning);
    const another = await careful.use("plan_call", { callee: "+493023125000" });
    expect(another.text).not.toMatch(warning);
  });
});

describe("a call that is being sent", () => {
  it("isn't known to be placed, in this process and in another", async () => {
    const [agent, other] = await Promise.all([agentOf(), agentOf()]);
    const token = await plannedBy(agent);
    sandbox.faults.add({ how: "silence", method: "POST", path: "/sessions/calls", carriedOut: true });
    const placing = agent.use("place_call", { token }).catch(() => undefined);
    await expect.poll(() => sandbox.calls.length, { timeout: 20_000 }).toBe(1);
    for (const one of [agent, other]) expectUnknown(await one.use("get_call", { token }), "get_call");
    writeRules(env, { ...ANY_HOUR, callsAnHour: 0 });
    expectUnknown(await other.use("place_call", { token }), "limit reached");
    process.kill(agent.pid ?? 0, "SIGKILL");
    await placing;
    expectUnknown(await other.use("get_call", { token }), "after a kill");
  });
});

describe("a call that was placed", () => {
  it("is told for a month, by every server", async () => {
    const agent = await agentOf();
    const token = await plannedBy(agent);
    const { callId } = (await agent.use("place_call", { token })).data.call;
    const { SIPGATE_TOKEN_ID, SIPGATE_TOKEN } = settingsOf(sandbox, {}, "neo");
    const other = await agentOf({ env: { ...env, SIPGATE_TOKEN_ID, SIPGATE_TOKEN } });
    expect((await other.use("place_call", { token })).data.call).toMatchObject({ callId, repeated: true });
    const elsewhere = await other.use("get_call", { token });
    expect(elsewhere.text).toContain("The call was placed");
    eachPlan(() => undefined);
    const again = await agent.use("place_call", { token });
    expect(again.data.call).toMatchObject({ callId, repeated: true });
    expect(sandbox.calls).toHaveLength(1);
  });
});

describe("what is done to a running call, and whose answer was lost", () => {
  it("is told as unknown, and is no call that was dialled or not", async () => {
    const agent = await agentOf();
    const { callId } = (await agent.use("place_call", { token: await plannedBy(agent) })).data.call;
    await expect.poll(() => sandbox.calls[0]?.state, { timeout: 20_000 }).toBe("connected");

    const tones = await plannedBy(agent, { action: "dtmf", callId, tones: "1" });
    loseAnswer("/calls/{callId}/dtmf");
    for (const attempt of [1, 2]) {
      const lost = await agent.use("control_call", { token: tones });
      expect(lost.text, `attempt ${attempt}`).toMatch(/[Ii]t isn't known whether/);
      expect(lost.text).not.toContain("dialled");
      expect(lost.data.error.placed).toBeUndefined();
    }
    const to = "+493023125000";
    const transfer = await plannedBy(agent, { action: "transfer", callId, to });
    loseAnswer("/calls/{callId}/transfer");
    expectUnknown(await agent.use("control_call", { token: transfer }), "at first");
    const logged = readFileSync(folder("calls.jsonl"), "utf8").trim().split("\n").at(-1) ?? "";
    expect(JSON.parse(logged)).toMatchObject({
      step: "unknown",
      what: expect.stringContaining("Transfer the call"),
    });
    eachPlan((plan) => ({ ...plan, at: plan.at - 11 * 60_000 }));
    expectUnknown(await agent.use("control_call", { token: transfer }), "again");
    const again = await agent.use("plan_call", { callee: to });
    expect(again.text).toContain("Careful: this number may have been rung");
  });
});

describe("a tool that only reads", () => {
  it("doesn't tell whether anything was dialled", async () => {
    const agent = await agentOf();
    const unknown = await agent.use("get_call", { token: "unknown" });
    const planned = await agent.use("get_call", { token: await plannedBy(agent) });
    for (const { text, data } of [unknown, planned, await agent.use("get_call")]) {
      expect(text).not.toMatch(/dialled|Nothing was done/);
      expect(data.error.placed).toBeUndefined();
    }
  });
});
