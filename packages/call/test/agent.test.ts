// An application's own agent: its connections are used, and the call request is still sent once, over a new one.
import { Agent } from "node:https";
import { createClient, type HttpsAgent, oauthCredentials } from "sipgate-call";
import { createSandbox, type Sandbox } from "sipgate-sandbox";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { CREDENTIALS } from "./support.js";

let sandbox: Sandbox;

beforeEach(async () => {
  sandbox = await createSandbox();
});
afterEach(() => sandbox.close());

/** Tells how many connections it has made. */
class CountingAgent extends Agent {
  made = 0;

  override createConnection(...args: Parameters<Agent["createConnection"]>) {
    this.made += 1;
    return super.createConnection(...args);
  }
}

async function clientWith(agent: HttpsAgent) {
  const { tokenId = "", token } = sandbox.classic;
  return createClient({
    credentials: { tokenId, token },
    baseUrl: await sandbox.endpoint("trusted"),
    platform: "classic",
    agent,
  });
}

it("trusts an authority of one's own, and keeps connections for reads", async () => {
  const agent = new CountingAgent({ keepAlive: true, ca: sandbox.certificateAuthority });
  const client = await clientWith(agent);
  await client.whoami();
  await client.balance();
  expect(agent.made).toBe(1);
  agent.destroy();
});

it("a call request goes over a new connection, not over a kept one", async () => {
  const agent = new CountingAgent({ keepAlive: true, ca: sandbox.certificateAuthority });
  const client = await clientWith(agent);
  await Promise.all([client.whoami(), client.balance()]);
  const before = agent.made;
  await client.place({ caller: "e0", callee: "+493023125000" });
  expect(agent.made).toBe(before + 1);
  expect(sandbox.calls).toHaveLength(1);
  agent.destroy();
});

it("a call request whose connection breaks isn't sent again by an agent", async () => {
  const agent = new CountingAgent({ keepAlive: true, ca: sandbox.certificateAuthority });
  const client = await clientWith(agent);
  await client.whoami();
  sandbox.faults.add({ how: "reset", method: "POST" });
  const placing = client.place({ caller: "e0", callee: "+493023125000" }, { searchForMs: 0 });
  await expect(placing).rejects.toMatchObject({ placed: "unknown" });
  expect(sandbox.requests.filter(({ method }) => method === "POST")).toHaveLength(1);
  agent.destroy();
});

it("a certificate that isn't trusted: nothing was dialled", async () => {
  const agent = new Agent();
  const placing = (await clientWith(agent)).place({ caller: "e0", callee: "+493023125000" });
  await expect(placing).rejects.toMatchObject({ code: "network", placed: "no" });
});

describe("what is no agent is refused", () => {
  it.each([null, {}, "http://proxy.example:8080", 8080])("%j", (agent) => {
    const options = { credentials: CREDENTIALS, agent: agent as unknown as HttpsAgent };
    const problems = [expect.objectContaining({ field: "agent", code: "invalid" })];
    expect(() => createClient(options)).toThrow(expect.objectContaining({ problems }));
    const store = { load: async () => undefined, save: async () => {}, exclusively: async () => {} };
    expect(() =>
      oauthCredentials({ clientId: "client", store: store as never, agent: options.agent }),
    ).toThrow(expect.objectContaining({ problems }));
  });
});
