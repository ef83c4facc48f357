// Plan, a person's yes, place, follow, end: with each library of the protocol, against the sandbox.
import { createSandbox, type Sandbox } from "sipgate-sandbox";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type Agent, type AgentOptions, LIBRARIES, settingsOf } from "./agents.js";

let sandbox: Sandbox;
let passing: NodeJS.Timeout;
const agents: Agent[] = [];

beforeEach(async () => {
  sandbox = await createSandbox({ clock: "manual" });
  passing = setInterval(() => void sandbox.clock.advance(1_000), 20);
});
afterEach(async () => {
  clearInterval(passing);
  await Promise.all(agents.splice(0).map((agent) => agent.close()));
  await sandbox.close();
});

async function agentOf(
  how: (options: AgentOptions) => Promise<Agent>,
  options: AgentOptions,
): Promise<Agent> {
  const agent = await how(options);
  agents.push(agent);
  return agent;
}

const CALLEE = "+493023125000";

describe.each(Object.entries(LIBRARIES))("with %s", (_, library) => {
  it("a call is planned, said yes to, placed and followed to its end", async () => {
    const asked: string[] = [];
    const person = (message: string) => {
      asked.push(message);
      return "yes" as const;
    };
    const agent = await agentOf(library, { person, env: settingsOf(sandbox) });

    const plan = await agent.use("plan_call", { callee: "030 23125 000" });
    expect(plan.text).toContain("Call +49 30 23125000 from e0.");
    expect(plan.data).toMatchObject({ sandbox: false, plan: { tool: "place_call" } });
    expect(sandbox.calls).toEqual([]);

    const placed = await agent.use("place_call", { token: plan.data.plan.token });
    expect(placed).toMatchObject({
      isError: false,
      data: { yesBy: "client", call: { platform: "classic" } },
    });
    expect(asked).toHaveLength(1);
    expect(asked[0]).toContain("Call: +49 30 23125000 (DE)");
    expect(asked[0]).toContain("Asked for by: test-agent 1.0");
    expect(sandbox.calls).toHaveLength(1);

    const messages: string[] = [];
    const { callId } = placed.data.call;
    const end = await agent.use("get_call", { callId, waitSeconds: 30 }, (message) => messages.push(message));
    expect(end.data).toMatchObject({
      state: { state: "ended", evidence: "history" },
      outcome: { cause: "completed" },
    });
    expect(messages.join()).toContain("The call is connected");
    expect(sandbox.calls).toHaveLength(1);
  });

  it.each(["no", "accept-without-yes"] as const)(
    "a person who answers %s keeps it from being placed, for good",
    async (said) => {
      let asked = 0;
      const person = () => {
        asked += 1;
        return said;
      };
      const agent = await agentOf(library, { person, env: settingsOf(sandbox) });
      const plan = await agent.use("plan_call", { callee: CALLEE });
      const { token } = plan.data.plan;
      for (const attempt of [1, 2]) {
        const refused = await agent.use("place_call", { token });
        expect(refused, `attempt ${attempt}`).toMatchObject({
          isError: true,
          data: { error: { placed: "no", problems: [{ code: "no" }] } },
        });
      }
      expect(asked).toBe(1);
      expect(sandbox.calls).toEqual([]);
    },
  );

  it("a program that can't ask, where no page can be shown, places nothing", async () => {
    const agent = await agentOf(library, { env: settingsOf(sandbox) });
    const plan = await agent.use("plan_call", { callee: CALLEE });
    const refused = await agent.use("place_call", { token: plan.data.plan.token });
    expect(refused.data.error.problems[0]?.code).toBe("nobody-to-ask");
    expect(sandbox.calls).toEqual([]);
  });
});
