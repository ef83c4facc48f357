// Nothing but this machine is listened on or asked, unless the sandbox is told otherwise.
import { readdirSync, readFileSync, readlinkSync } from "node:fs";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import { Baresip } from "./baresip.js";
import { BrowserPhone, startBrowser } from "./browser-phone.js";
import { berlin, PhoneSandbox } from "./support.js";

let browser: Browser;
beforeAll(async () => {
  browser = await startBrowser();
}, 60_000);
afterAll(() => browser.close());

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
    const caller = await BrowserPhone.register(browser, await phones.account("e0"), 700);
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
