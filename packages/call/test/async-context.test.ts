// A server that keeps each request's user in an AsyncLocalStorage, and makes a client for each user.
import { AsyncLocalStorage } from "node:async_hooks";
import { oauthCredentials } from "sipgate-call";
import type { Sandbox } from "sipgate-sandbox";
import { afterEach, beforeEach, expect, it } from "vitest";
import { answering } from "./answers.js";
import { clientAt, clientOf, passUntil, strictSandbox } from "./support.js";

const tenants = new AsyncLocalStorage<string>();
let sandbox: Sandbox;

beforeEach(async () => {
  sandbox = await strictSandbox({ clock: "manual" });
});
afterEach(() => sandbox.close());

const tokenOf = (name: string) => sandbox.accounts.find((account) => account.name === name)?.token ?? "";

/** A client made for `owner`, which notes for whom its credentials are asked for. */
function clientMadeFor(owner: string) {
  const askedFor: (string | undefined)[] = [];
  const credentials = () => {
    askedFor.push(tenants.getStore());
    return tokenOf("classic-bearer");
  };
  const client = tenants.run(owner, () => clientOf(sandbox, "classic", { credentials }));
  return { client, askedFor };
}

it("polls run in the context in which the client was made, not in that of the first follower", async () => {
  const { client, askedFor } = clientMadeFor("owner");
  const call = await tenants.run("first", () => client.place({ caller: "e0", callee: "+493023125001" }));
  expect(askedFor).toEqual(["first"]); // A request of one caller's runs in its own.
  const following = tenants.run("first", () => call.outcome());
  await sandbox.clock.advance(10_000);
  await tenants.run("second", () => call.hangUp());
  await passUntil(sandbox.clock, following);
  const [, ...later] = askedFor;
  expect(later.filter((tenant) => tenant !== "owner")).toEqual(["second"]);
  expect(later.length).toBeGreaterThan(5);
});

it("what is awaited goes on in the context of the code that awaits it", async () => {
  const { client } = clientMadeFor("owner");
  const seen: (string | undefined)[] = [];
  const follow = async () => {
    const call = await client.place({ caller: "e0", callee: "+493023125486" });
    for await (const _ of call.follow()) seen.push(tenants.getStore());
  };
  await passUntil(sandbox.clock, tenants.run("first", follow));
  expect(seen).toEqual(["first", "first"]);
});

it("the platform, which everyone waits for, is found out in that context, too", async () => {
  const server = await answering({ status: 200, body: '{"items":[]}' });
  const askedFor: (string | undefined)[] = [];
  const credentials = () => {
    askedFor.push(tenants.getStore());
    return "a-token";
  };
  const client = tenants.run("owner", () => clientAt(server, { credentials, platform: "auto" }));
  await Promise.all(["first", "second"].map((tenant) => tenants.run(tenant, () => client.platform())));
  await server.close();
  // Each asks whether its own token names the platform, then both share two requests.
  expect(askedFor).toEqual(["first", "second", "owner", "owner"]);
});

it("a sign-in is renewed in the context in which its credentials were made", async () => {
  const askedFor: (string | undefined)[] = [];
  const note = <T>(result: T) => {
    askedFor.push(tenants.getStore());
    return Promise.resolve(result);
  };
  const tokens = { accessToken: "a", askedAtMs: 0, expiresInSeconds: 300, refreshToken: "r" };
  const store = {
    load: () => note(tokens),
    save: () => note(undefined),
    exclusively: <T>(work: () => Promise<T>) => note(undefined).then(work),
  };
  const { loginUrl } = sandbox;
  const options = { clientId: "unknown-client", loginUrl, store, clock: sandbox.clock };
  const credentials = tenants.run("owner", () => oauthCredentials(options));
  const asking = ["first", "second"].map((tenant) => tenants.run(tenant, () => credentials.validToken()));
  for (const asked of asking) await expect(asked).rejects.toMatchObject({ placed: "no" });
  expect(new Set(askedFor)).toEqual(new Set(["owner"]));
  expect(askedFor.length).toBeGreaterThan(3);
});
