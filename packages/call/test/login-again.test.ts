// `login` again under a name that has a sign-in: the older one is ended at sipgate, unless that might end the new one.
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it, onTestFinished } from "vitest";
import { loginProxy } from "./login-proxy.js";
import { loginScene, signIn } from "./login-steps.js";
import { type Run, sipgateCall } from "./terminal.js";

const scene = loginScene();

const pathOf = (name = "default") => join(scene.folder, "sipgate-call", "profiles", `${name}.json`);
const storedTokens = (name?: string) => JSON.parse(readFileSync(pathOf(name), "utf8")).tokens;
const revocations = () => scene.sandbox.requests.filter(({ path }) => path.endsWith("/revoke")).length;
const claimsOf = (token: string) =>
  JSON.parse(Buffer.from(token.split(".")[1] ?? "", "base64url").toString());
const lastObject = ({ out }: Run) => JSON.parse(out.trim().split("\n").at(-1) ?? "");

const isValid = async ({ accessToken }: { accessToken: string }) => {
  const headers = { authorization: `Bearer ${accessToken}` };
  return (await fetch(`${scene.sandbox.baseUrl}/balance`, { headers })).ok;
};

it("ends the older sign-in at sipgate, and says so", async () => {
  expect((await signIn(scene.sandbox, scene.env)).err).not.toContain("older sign-in");
  const before = storedTokens();
  const done = await signIn(scene.sandbox, scene.env);
  expect(done).toMatchObject({ code: 0, err: expect.stringContaining("was ended at sipgate") });
  expect(revocations()).toBe(1);
  expect(await isValid(before)).toBe(false);
  expect(await isValid(storedTokens())).toBe(true);
  expect(
    (await sipgateCall(["whoami"], { folder: scene.folder, env: { XDG_CONFIG_HOME: scene.folder } })).code,
  ).toBe(0);
});

it("says it in JSON, too, and ends no sign-in under another name", async () => {
  expect(lastObject(await signIn(scene.sandbox, scene.env, ["--json"]))).not.toHaveProperty("olderSignIn");
  expect(
    lastObject(await signIn(scene.sandbox, scene.env, ["--json", "--profile", "work"])),
  ).not.toHaveProperty("olderSignIn");
  expect(lastObject(await signIn(scene.sandbox, scene.env, ["--json"]))).toMatchObject({
    olderSignIn: "ended",
  });
  expect(await isValid(storedTokens("work"))).toBe(true);
});

it("says that the older one stays valid if the login doesn't end it", async () => {
  await signIn(scene.sandbox, scene.env);
  const before = storedTokens();
  scene.sandbox.faults.add({
    how: "answer",
    status: 404,
    path: "/auth/realms/sipgate-apps/protocol/openid-connect/revoke",
    times: 9,
  });
  const done = await signIn(scene.sandbox, scene.env, ["--json"]);
  expect(done.code).toBe(0);
  expect(done.err).toBe("");
  expect(lastObject(done)).toMatchObject({
    olderSignIn: "still-valid",
  });
  expect(await isValid(before)).toBe(true);
  const again = await signIn(scene.sandbox, scene.env);
  expect(again.err).toContain("stays valid at sipgate until 2");
  for (const secret of [before.refreshToken, storedTokens().refreshToken])
    expect(again.out + again.err).not.toContain(secret);
});

it.each(["the same", "no"])(
  "leaves the older one if its tokens name %s session: ending it might end the new one",
  async (session) => {
    await signIn(scene.sandbox, scene.env);
    const proxy = await loginProxy(scene.sandbox, (body) => {
      const sid = session === "no" ? undefined : claimsOf(JSON.parse(body).access_token).sid;
      const kept = JSON.parse(readFileSync(pathOf(), "utf8"));
      const accessToken = `e30.${Buffer.from(JSON.stringify({ sid })).toString("base64url")}.e30`;
      const tokens = { ...kept.tokens, accessToken, refreshToken: "opaque" };
      writeFileSync(pathOf(), JSON.stringify({ ...kept, tokens }));
      return body;
    });
    onTestFinished(proxy.close);
    const done = await signIn(scene.sandbox, { ...scene.env, SIPGATE_LOGIN_URL: proxy.url });
    expect(done).toMatchObject({ code: 0, err: expect.stringContaining("belong to one session") });
    expect(revocations()).toBe(0);
  },
);

it("replaces a damaged one", async () => {
  await signIn(scene.sandbox, scene.env);
  writeFileSync(pathOf(), "{}");
  const done = await signIn(scene.sandbox, scene.env);
  expect(done).toMatchObject({ code: 0, err: expect.stringContaining("It can't be read.") });
});
