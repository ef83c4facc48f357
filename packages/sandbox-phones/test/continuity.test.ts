// What a phone is sent is one stream of RTP, whichever source speaks: ringback, the other party, a tone for waiting, an announcement.
// It goes on while the program that has the sandbox computes, such as a test.
import { createSocket, type Socket } from "node:dgram";
import { once } from "node:events";
import { Worker } from "node:worker_threads";
import { expect, it, onTestFinished } from "vitest";
import { RawPhone, SDP } from "./raw-phone.js";
import { berlin, PhoneSandbox } from "./support.js";
import { until } from "./until.js";

interface Packet {
  readonly at: number;
  readonly payloadType: number;
  readonly sequence: number;
  readonly timestamp: number;
  readonly ssrc: number;
}

/** A port for audio that notes what arrives. */
async function audioPort(): Promise<{ socket: Socket; port: number; packets: Packet[] }> {
  const socket = createSocket("udp4").bind(0, "127.0.0.1");
  onTestFinished(() => void socket.close());
  await once(socket, "listening");
  const packets: Packet[] = [];
  socket.on("message", (bytes) =>
    packets.push({
      at: performance.now(),
      payloadType: bytes.readUInt8(1) & 0x7f,
      sequence: bytes.readUInt16BE(2),
      timestamp: bytes.readUInt32BE(4),
      ssrc: bytes.readUInt32BE(8),
    }),
  );
  return { socket, port: socket.address().port, packets };
}

const sdpFor = (port: number, direction = "sendrecv") =>
  `${SDP.replace("m=audio 9", `m=audio ${port}`)}a=${direction}\r\n`;

/** 20 ms of silence, as a party that begins with these numbers sends it. */
function frame(ssrc: number, index: number): Buffer {
  const bytes = Buffer.alloc(172, 0xff);
  bytes.writeUInt16BE(0x8000, 0);
  bytes.writeUInt16BE((65_530 + index) & 0xffff, 2);
  bytes.writeUInt32BE((4_294_960_000 + index * 160) >>> 0, 4);
  bytes.writeUInt32BE(ssrc, 8);
  return bytes;
}

it("SSRC, sequence numbers and timestamps go on from ringback to the end; what a source lost is missing here too", async () => {
  const phones = await PhoneSandbox.start({ callees: { [berlin("010")]: "e7" } });
  const [caller, callee] = [
    await RawPhone.register(await phones.account("e0")),
    await RawPhone.register(await phones.account("e7")),
  ];
  const [ear, mouth] = [await audioPort(), await audioPort()];
  const more = async (count: number) => {
    const before = ear.packets.length;
    await until(
      () => ear.packets.length >= before + count,
      () => `${count} packets`,
    );
  };
  const id = await phones.place("e0", berlin("010"));
  const headers = ["Content-Type: application/sdp"];
  const invite = await caller.next("INVITE");
  caller.respond(invite, "200 OK", { headers, body: sdpFor(ear.port) });
  const offer = await callee.next("INVITE");
  callee.respond(offer, "180 Ringing");
  await more(10); // The ringback tone.
  callee.respond(offer, "200 OK", { headers, body: sdpFor(mouth.port) });
  await phones.state("connected", id);

  const port = Number(/m=audio (\d+)/.exec(offer.body)?.[1]);
  let spoken = 0;
  const say = (count: number, ssrc = 7) => {
    for (const end = spoken + count; spoken < end; spoken += 1)
      mouth.socket.send(frame(ssrc, spoken), port, "127.0.0.1");
  };
  say(5);
  await more(5);
  spoken += 2; // Two packets are lost on the way.
  say(5);
  await more(5);
  await phones.api("PUT", `/calls/${id}/hold`, { value: true });
  await more(10);
  await phones.api("PUT", `/calls/${id}/hold`, { value: false });
  say(5, 8); // The callee's phone has begun a new stream.
  await more(5);
  await phones.api("POST", `/calls/${id}/announcements`, { url: "https://example.org/x.wav" });
  await more(10);

  const [first] = ear.packets;
  expect(new Set(ear.packets.map(({ ssrc }) => ssrc)).size).toBe(1);
  expect(new Set(ear.packets.map(({ payloadType }) => payloadType))).toEqual(new Set([0]));
  const steps = ear.packets.slice(1).map((packet, index) => ({
    sequence: (packet.sequence - (ear.packets[index]?.sequence ?? 0)) & 0xffff,
    timestamp: (packet.timestamp - (ear.packets[index]?.timestamp ?? 0)) >>> 0,
  }));
  expect(steps.filter(({ sequence }) => sequence !== 1)).toEqual([{ sequence: 3, timestamp: 480 }]);
  expect(steps.filter(({ timestamp }) => timestamp < 160 || timestamp > 80_000)).toEqual([]);
  expect(first).toBeDefined();
});

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
