// Nothing but this machine is listened on or asked, unless the sandbox is told otherwise.
import { once } from "node:events";
import { readdirSync, readFileSync, readlinkSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";
import { runTraced } from "./asked-names.js";
import { Baresip } from "./baresip.js";
import { BrowserPhone, useBrowser } from "./browser-phone.js";
import { authorizationFor, RawPhone, SDP } from "./raw-phone.js";
import { berlin, PhoneSandbox } from "./support.js";
import { until } from "./until.js";

const browser = useBrowser();

/** As Linux lists them: local and remote addresses of this process's sockets of one kind, in hexadecimal. */
function addressesOf(kind: "udp" | "udp6" | "tcp" | "tcp6"): [local: string, remote: string][] {
  const own = new Set(
    readdirSync("/proc/self/fd").flatMap((fd) => {
      try {
        return /^socket:\[(\d+)\]$/.exec(readlinkSync(`/proc/self/fd/${fd}`))?.[1] ?? [];
      } catch {
        return []; // It was closed meanwhile.
      }
    }),
  );
  return readFileSync(`/proc/self/net/${kind}`, "utf8")
    .split("\n")
    .slice(1)
    .map((line) => line.trim().split(/\s+/))
    .filter((fields) => own.has(fields[9] ?? ""))
    .map(([, local = "", remote = ""]) => [local.split(":")[0] ?? "", remote.split(":")[0] ?? ""]);
}

const LOOPBACK = "0100007F";
const NOWHERE = "00000000";

/** Other systems don't tell. There the addresses are the same. */
it.runIf(process.platform === "linux")(
  "In a call of a browser and a SIP phone all sockets are of this machine, and lead to it or nowhere",
  async () => {
    const phones = await PhoneSandbox.start({ callees: { [berlin("010")]: "e7" } });
    const caller = await BrowserPhone.register(browser(), await phones.account("e0"), 700);
    await Baresip.start(await phones.account("e7"), { answers: true });
    await phones.online("e7");
    const id = await phones.place("e0", berlin("010"));
    await caller.state("ringing");
    await caller.do("answer");
    await phones.state("connected", id);
    await caller.hears(440);
    const udp = addressesOf("udp");
    expect(udp.length).toBeGreaterThan(1);
    expect(
      udp.filter(([local, remote]) => local !== LOOPBACK || ![LOOPBACK, NOWHERE].includes(remote)),
    ).toEqual([]);
    expect(addressesOf("udp6")).toEqual([]);
    expect(addressesOf("tcp").filter(([local]) => local !== LOOPBACK)).toEqual([]);
    expect(addressesOf("tcp6")).toEqual([]);
  },
);

const CLI = fileURLToPath(new URL("../../sandbox/dist/cli.cjs", import.meta.url));

/** An account of the sandbox, without asking it. */
const accountOf = (deviceId: string, { sipServer, baseUrl }: Started) => ({
  sipServer,
  sipServerWebsocketUrl: `${new URL("/sip", baseUrl)}`.replace("http", "ws"),
  username: `1000000${deviceId}`,
  password: `sip-secret-1000000-${deviceId}`,
});

interface Started {
  readonly baseUrl: string;
  readonly sipServer: string;
}

it("A sandbox asks for no name, whatever phones and programs name", async () => {
  const lookups =
    'const dns = require("node:dns"); dns.lookup("localhost", () => dns.resolve4("localhost", () => {}))';
  const control = runTraced("-e", lookups);
  await once(control.child, "exit");
  expect(await control.namesAsked()).toEqual(["localhost", "localhost"]);

  const options = ["--json", "--port=0", "--sip-port=0", `--callee=${berlin("010")}=e7`];
  const { child, namesAsked } = runTraced(CLI, "--phones", ...options);
  const [line] = await once(child.stdout ?? child, "data");
  const started = JSON.parse(String(line)) as Started;
  const api = (method: string, path: string, body?: object) =>
    fetch(`${started.baseUrl}${path}`, {
      method,
      headers: {
        authorization: `Basic ${btoa("token-CLASSC:5a9db0c5-7e57-4a11-8c0d-000000000001")}`,
        "content-type": "application/json",
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
  // Chromium names itself in its candidates, by a name of mDNS.
  const caller = await BrowserPhone.register(browser(), accountOf("e0", started), 700);
  const callee = await Baresip.start(accountOf("e7", started), { frequency: 1_000, answers: true });
  await until(
    async () => (await (await api("GET", "/devices/e7")).text()).includes("baresip"),
    () => `baresip at e7: ${callee.output}`,
  );
  const placed = await api("POST", "/sessions/calls", { caller: "e0", callee: berlin("010") });
  const { sessionId } = (await placed.json()) as { sessionId: string };
  await caller.state("ringing");
  await caller.do("answer");
  await caller.hears(1_000);
  await api("POST", `/calls/${sessionId}/announcements`, { url: "https://announcement.example/hello.wav" });
  await caller.hears(659); // The chime in its place.

  const phone = await RawPhone.connect(accountOf("e3", started));
  const uri = `sip:${berlin("001")}@server.example`;
  const headers = [
    "Contact: <sip:phone@contact.example>",
    "Route: <sip:proxy.example;lr>",
    "Content-Type: application/sdp",
  ];
  const sdp = SDP.replaceAll("127.0.0.1", "media.example");
  const challenge = await phone.request("INVITE", uri, headers, sdp);
  const proof = `Proxy-Authorization: ${authorizationFor(phone.account, challenge, "INVITE", uri)}`;
  expect((await phone.request("INVITE", uri, [...headers, proof], sdp)).status).toBe(488);
  await api("DELETE", `/calls/${sessionId}`);
  await until(
    () => callee.events.some(({ type }) => type === "CALL_CLOSED"),
    () => "the end of the call",
  );
  expect(await namesAsked()).toEqual([]);
});
