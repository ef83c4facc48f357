// A sandbox can be part of a program that computes for a while, such as a test. Nobody on the phone hears that.
import { Worker } from "node:worker_threads";
import { expect, it, onTestFinished } from "vitest";
import { RawPhone, SDP } from "./raw-phone.js";
import { berlin, PhoneSandbox } from "./support.js";
import { until } from "./until.js";

/** How long the program stands still, in milliseconds. It would be 50 packets. */
const STILL_MS = 1_000;

/** A port for audio in a thread of its own, which goes on counting while this one stands still. */
async function countingPort(): Promise<{ port: number; count: () => number }> {
  const counter = new Int32Array(new SharedArrayBuffer(4));
  const ear = new Worker(EAR, { eval: true, workerData: counter });
  onTestFinished(async () => void (await ear.terminate()));
  const port = await new Promise<number>((resolve) => ear.once("message", resolve));
  return { port, count: () => Atomics.load(counter, 0) };
}

const EAR = `
const { createSocket } = require("node:dgram");
const { parentPort, workerData } = require("node:worker_threads");
const socket = createSocket("udp4");
socket.on("message", () => Atomics.add(workerData, 0, 1));
socket.bind(0, "127.0.0.1", () => parentPort.postMessage(socket.address().port));
`;

it("A phone hears the other party while the program that has the sandbox stands still", async () => {
  const phones = await PhoneSandbox.start();
  const phone = await RawPhone.register(await phones.account("e0"));
  const ear = await countingPort();
  const id = await phones.place("e0", berlin("001"));
  const headers = ["Content-Type: application/sdp"];
  const body = SDP.replace("m=audio 9", `m=audio ${ear.port}`);
  phone.respond(await phone.next("INVITE"), "200 OK", { headers, body });
  await phones.state("connected", id);
  await until(
    () => ear.count() > 0,
    () => "the callee's voice",
  );
  const before = ear.count();
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, STILL_MS);
  expect(ear.count() - before).toBeGreaterThan(10);
});
