// Who may register, for how long, and what the API says of it.
import { expect, it } from "vitest";
import { authorizationFor, RawPhone } from "./raw-phone.js";
import { berlin, PhoneSandbox } from "./support.js";
import { until } from "./until.js";

it("A phone is online until its registration expires, it unregisters or its connection is gone", async () => {
  const phones = await PhoneSandbox.start();
  const account = await phones.account("e1");
  const isOnline = async () => (await phones.device("e1")).online;

  const phone = await RawPhone.register(account);
  expect((await phones.device("e1")).registered).toEqual([
    { userAgent: "unknown", ip: "127.0.0.1", port: String(phone.socket.localPort) },
  ]);
  expect((await phone.registerAgain(0)).status).toBe(200);
  expect(await isOnline()).toBe(false);

  await phone.registerAgain(1);
  expect(await isOnline()).toBe(true);
  await until(
    async () => !(await isOnline()),
    () => "the end of the registration",
  );

  await phone.registerAgain(600);
  phone.socket.destroy();
  await until(
    async () => !(await isOnline()),
    () => "offline after the connection is gone",
  );
});

it("A phone that registers once more is one phone", async () => {
  const phones = await PhoneSandbox.start();
  const phone = await RawPhone.register(await phones.account("e0"));
  const response = await phone.registerAgain(120);
  expect(response.header("Contact")).toMatch(/;expires=1(?:20|19)$/);
  await phones.online("e0", 1);
});

it("A device that the API has made can be registered, and takes calls", async () => {
  const phones = await PhoneSandbox.start();
  const response = await phones.api("POST", "/v3/devices/register", { alias: "Mine", owner: "w0" });
  const { id, sipCredentials } = (await response.json()) as {
    id: string;
    sipCredentials: { username: string; password: string; sipServer: string };
  };
  const phone = await RawPhone.register(sipCredentials);
  await phones.place(id, berlin("001"));
  expect((await phone.next("INVITE")).header("From")).toContain(`"${berlin("001")}"`);
});

it("A wrong password is refused with 403, later each time, and the right one is taken meanwhile", async () => {
  const phones = await PhoneSandbox.start();
  const account = await phones.account("e0");
  const [guesser, owner] = [await RawPhone.connect(account), await RawPhone.connect(account)];
  const took: number[] = [];
  for (let attempt = 0; attempt < 3; attempt += 1) {
    const begin = performance.now();
    expect((await guesser.registerAgain(600, "wrong")).status).toBe(403);
    took.push(performance.now() - begin);
  }
  expect(took[0]).toBeGreaterThan(95);
  expect(took[1]).toBeGreaterThan(195);
  expect(took[2]).toBeGreaterThan(395);
  const [late, right] = await Promise.all([guesser.registerAgain(600, "wrong"), owner.registerAgain(600)]);
  expect([late.status, right.status]).toEqual([403, 200]);
});

it("A nonce of another connection is none, and a proof without a challenge is none", async () => {
  const phones = await PhoneSandbox.start();
  const account = await phones.account("e0");
  const [one, other] = [await RawPhone.connect(account), await RawPhone.connect(account)];
  const uri = `sip:${account.sipServer}`;
  const challenge = await one.request("REGISTER", uri, []);
  const authorization = `Authorization: ${authorizationFor(account, challenge, "REGISTER", uri)}`;
  expect((await other.request("REGISTER", uri, [authorization])).status).toBe(401);
  expect((await one.request("REGISTER", uri, [authorization])).status).toBe(200);
});

it("An unknown user is refused as a wrong password is", async () => {
  const phones = await PhoneSandbox.start();
  const account = { ...(await phones.account("e0")), username: "1000000e99" };
  const phone = await RawPhone.connect(account);
  expect((await phone.registerAgain(600)).status).toBe(403);
});

it("A phone registers for nobody else", async () => {
  const phones = await PhoneSandbox.start();
  const [mine, theirs] = [await phones.account("e0"), await phones.account("e4")];
  const phone = await RawPhone.connect({ ...theirs, username: theirs.username });
  const uri = `sip:${mine.sipServer}`;
  const challenge = await phone.request("REGISTER", uri, []);
  const authorization = authorizationFor(mine, challenge, "REGISTER", uri);
  const response = await phone.request("REGISTER", uri, [
    `Contact: ${phone.contact}`,
    `Authorization: ${authorization}`,
  ]);
  expect(response.status).toBe(403);
  expect((await phones.device("e4")).registered.some(({ ip }) => ip === "127.0.0.1")).toBe(false);
});

it("More than ten phones of one extension are refused", async () => {
  const phones = await PhoneSandbox.start();
  const account = await phones.account("e0");
  for (let count = 0; count < 10; count += 1) await RawPhone.register(account);
  const phone = await RawPhone.connect(account);
  expect((await phone.registerAgain(600)).status).toBe(403);
});

it("A device that is set to do not disturb isn't rung", async () => {
  const phones = await PhoneSandbox.start();
  const phone = await RawPhone.register(await phones.account("e2"));
  const id = await phones.place("e2", berlin("001"));
  expect((await phones.state("ended", id)).end).toMatchObject({ cause: "rejected" });
  expect(phone.received.some(({ method }) => method === "INVITE")).toBe(false);
});

it("The header that names the call is there if it was asked for", async () => {
  const phones = await PhoneSandbox.start({ callIdHeader: true });
  const phone = await RawPhone.register(await phones.account("e0"));
  const id = await phones.place("e0", berlin("001"));
  expect((await phone.next("INVITE")).header("X-Sandbox-Call-Id")).toBe(id);

  const without = await PhoneSandbox.start();
  const other = await RawPhone.register(await without.account("e0"));
  await without.place("e0", berlin("001"));
  expect((await other.next("INVITE")).header("X-Sandbox-Call-Id")).toBe("");
});
