// Browsers as phones, and every mix of a browser and a SIP phone.
import { connect } from "node:net";
import { expect, it } from "vitest";
import { Baresip } from "./baresip.js";
import { BrowserPhone, useBrowser } from "./browser-phone.js";
import { hears } from "./hearing.js";
import { holdTimers } from "./held-timers.js";
import { BROWSER_ANSWER, RawBrowser } from "./raw-browser.js";
import { RawPhone } from "./raw-phone.js";
import { berlin, PhoneSandbox } from "./support.js";
import { until } from "./until.js";

const browser = useBrowser();

const CALLEE = berlin("010");

it("A browser registers by WebSocket, rings, answers, hears the callee's voice and hangs up", async () => {
  const phones = await PhoneSandbox.start();
  const phone = await BrowserPhone.register(browser(), await phones.account("e0"), 700);
  expect((await phones.device("e0")).registered[0]?.userAgent).toMatch(/^JsSIP/);
  const id = await phones.place("e0", berlin("001"));
  await phone.state("ringing");
  await phones.state("caller-ringing", id);
  await phone.do("answer");
  await phones.state("connected", id);
  await phone.hears(440);
  await phone.do("hangUp");
  expect((await phones.state("ended", id)).end).toMatchObject({ party: "caller", cause: "completed" });
});

it("A browser calls a SIP phone: both hear each other, and either hangs up", async () => {
  const phones = await PhoneSandbox.start({ callees: { [CALLEE]: "e7" } });
  const caller = await BrowserPhone.register(browser(), await phones.account("e0"), 700);
  const callee = await Baresip.start(await phones.account("e7"), { frequency: 1_000, answers: true });
  await phones.online("e7");
  const id = await phones.place("e0", CALLEE);
  await caller.state("ringing");
  await caller.do("answer");
  await phones.state("connected", id);
  await caller.hears(1_000);
  await hears(callee, 700);
  callee.command("hangup");
  expect((await phones.state("ended", id)).end).toMatchObject({ party: "callee", cause: "completed" });
  await caller.state("ended");
});

it("A SIP phone calls a browser: both hear each other, and the browser hangs up", async () => {
  const phones = await PhoneSandbox.start({ callees: { [CALLEE]: "e7" } });
  const callee = await BrowserPhone.register(browser(), await phones.account("e7"), 700);
  const caller = await Baresip.start(await phones.account("e0"), { frequency: 1_000, answers: true });
  await phones.online("e0");
  const id = await phones.place("e0", CALLEE);
  await callee.state("ringing");
  await callee.do("answer");
  await phones.state("connected", id);
  await callee.hears(1_000);
  await hears(caller, 700);
  await callee.do("hangUp");
  expect((await phones.state("ended", id)).end).toMatchObject({ party: "callee", cause: "completed" });
});

it("Two browsers talk through hold, a new network and tones of the keys", async () => {
  const phones = await PhoneSandbox.start({ callees: { [CALLEE]: "e7" } });
  const caller = await BrowserPhone.register(browser(), await phones.account("e0"), 700);
  const callee = await BrowserPhone.register(browser(), await phones.account("e7"), 1_000);
  const id = await phones.place("e0", CALLEE);
  await caller.state("ringing");
  await caller.do("answer");
  await callee.state("ringing");
  await caller.hears(425); // The ringback tone.
  await callee.do("answer");
  await phones.state("connected", id);
  await Promise.all([caller.hears(1_000), callee.hears(700)]);

  await caller.do("hold");
  await callee.hears(523); // The tone for waiting.
  await caller.do("unhold");
  await Promise.all([caller.hears(1_000), callee.hears(700)]);

  await caller.do("renegotiate"); // An ICE restart.
  await until(
    async () => (await caller.do("negotiations")) === 1,
    () => "the response to the re-INVITE",
  );
  await Promise.all([caller.hears(1_000), callee.hears(700)]);

  await callee.do("press", "5");
  await until(
    () => phones.call(id).legs[1]?.pressed.join("") === "5",
    () => "5 in the sandbox",
  );
  await phones.api("PUT", `/calls/${id}/muted`, { value: true });
  await caller.hears(1_000);
  await phones.api("DELETE", `/calls/${id}`);
  await Promise.all([caller.state("ended"), callee.state("ended")]);
});

it("A browser that is closed and doesn't come back ends its call", async () => {
  const returning = holdTimers(RETURN_MS);
  const phones = await PhoneSandbox.start();
  const phone = await BrowserPhone.register(browser(), await phones.account("e0"), 700);
  const id = await phones.place("e0", berlin("001"));
  await phone.state("ringing");
  await phone.do("answer");
  await phones.state("connected", id);
  await phone.page.close();
  await until(
    () => returning.count() === 1,
    () => "the end of the connection",
  );
  expect(phones.call(id).state).toBe("connected");
  returning.runOut();
  expect((await phones.state("ended", id)).end).toMatchObject({ party: "network", cause: "completed" });
  expect((await phones.device("e0")).registered[0]?.ip).not.toBe("127.0.0.1");
});

it("A browser checks the way and begins the handshake before its answer has come, and may choose another way", async () => {
  const phones = await PhoneSandbox.start();
  const phone = await RawPhone.registerByWebSocket(await phones.account("e0"));
  await phones.place("e0", berlin("001"));
  const invite = await phone.next("INVITE");
  expect(invite.body.split("m=")[0]).toContain("\r\na=ice-lite\r\n");
  const [first, second, stranger] = await Promise.all([1, 2, 3].map(() => RawBrowser.open(invite.body)));
  expect(await first?.check()).toBe(ACCEPTED);
  first?.hello();
  phone.respond(invite, "200 OK", { headers: ["Content-Type: application/sdp"], body: BROWSER_ANSWER });
  await first?.helloIsAnswered();
  await second?.check({ chooses: true });
  await stranger?.check({ chooses: true, username: "guess:mine" });
  stranger?.hello();
  await second?.helloIsAnswered();
});

it("A page from elsewhere, a wrong host and what isn't SIP get no connection", async () => {
  const { sandbox } = await PhoneSandbox.start();
  const { hostname, port } = new URL(sandbox.loginUrl);
  const status = (path: string, headers: Record<string, string>) =>
    new Promise<string>((resolve) => {
      const socket = connect(Number(port), hostname, () => {
        const lines = Object.entries({ ...HANDSHAKE, ...headers }).map(
          ([name, value]) => `${name}: ${value}`,
        );
        socket.write([`GET ${path} HTTP/1.1`, ...lines, "", ""].join("\r\n"));
      });
      socket.once("data", (data) => {
        resolve(data.toString().split(" ")[1] ?? "");
        socket.destroy();
      });
    });
  expect(await status("/sip", {})).toBe("101");
  expect(await status("/sip", { Origin: "http://localhost:3000" })).toBe("101");
  expect(await status("/sip", { Origin: "https://evil.example" })).toBe("403");
  expect(await status("/sip", { Host: "evil.example" })).toBe("403");
  expect(await status("/other", {})).toBe("404");
  expect(await status("/sip", { "Sec-WebSocket-Protocol": "chat" })).toBe("400");
});

/** How long a browser may take to come back, in milliseconds. */
const RETURN_MS = 8_000;

/** STUN's response to a check. */
const ACCEPTED = 0x0101;

const HANDSHAKE = {
  Host: "127.0.0.1",
  Connection: "Upgrade",
  Upgrade: "websocket",
  "Sec-WebSocket-Version": "13",
  "Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ==",
  "Sec-WebSocket-Protocol": "sip",
};
