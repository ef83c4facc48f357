// Malformed input of phones that have proven who they are: in their INVITE, and in calls that were answered. SIP and SDP,
// RTP and tones; of a browser STUN, DTLS and what is encrypted.
import { createSocket } from "node:dgram";
import { once } from "node:events";
import { connect } from "node:net";
import { createSandbox } from "sipgate-sandbox";
import { RTCPeerConnection, RtpHeader } from "werift";
import { WebSocket } from "ws";
import { Callee } from "./callee.mjs";
import { callerOn, callerOnWebSocket, DIALLED } from "./caller.mjs";
import { packet } from "./messages.mjs";
import { mutated, randomFrom } from "./mutate.mjs";
import { assertAlive, watchBlocks } from "./watch.mjs";

const METHODS = ["INVITE", "UPDATE", "REFER", "INFO", "NOTIFY", "OPTIONS", "MESSAGE", "BYE"];
/** One call in so many is a browser's: those take a hundred times as long. */
const BROWSER_EVERY = 50;

const sdpOf = (port) =>
  `v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=-\r\nc=IN IP4 127.0.0.1\r\nt=0 0\r\nm=audio ${port} RTP/AVP 0 8 101\r\na=rtpmap:101 telephone-event/8000\r\na=ptime:20\r\na=sendrecv\r\n`;

/** @returns {Promise<{ messages: number, answers: number, established: number, longestBlockMs: number }>} */
export async function fuzzCalls({ count, seed = 1 }) {
  const sandbox = await createSandbox({ phones: true });
  const callee = await Callee.register(sandbox.sipServer, DIALLED);
  const random = randomFrom(seed);
  const sums = { messages: 0, answers: 0, established: 0 };
  await browserCall(sandbox, random, sums); // The first browser makes the sandbox load what WebRTC takes.
  const block = watchBlocks();
  try {
    for (let calls = 1; sums.messages < count; calls += 1) {
      await (calls % BROWSER_EVERY === 0 ? browserCall : phoneCall)(sandbox, random, sums);
    }
    await assertAlive(sandbox.sipServer);
    return { ...sums, longestBlockMs: block.longestMs };
  } finally {
    block.stop();
    callee.close();
    await sandbox.close();
  }
}

/** A call of a SIP phone. */
async function phoneCall({ sipServer }, random, sums) {
  const [host, port] = sipServer.split(":");
  const socket = connect(Number(port), host);
  await once(socket, "connect");
  const caller = callerOn(socket, sipServer);
  const audio = createSocket("udp4").bind(0, "127.0.0.1");
  audio.on("error", () => {});
  await once(audio, "listening");
  const sdp = sdpOf(audio.address().port);
  const isBroken = random(3) === 0;
  const dialled = await caller.dial(sdp, (text) => (isBroken ? withoutProofBroken(text, random) : text));
  const target = Number(/m=audio (\d+)/.exec(dialled.response ?? "")?.[1] ?? 0);
  sendInCall(caller, dialled, sdp, random, sums);
  for (let packets = target === 0 ? 0 : 20; packets > 0; packets -= 1, sums.messages += 1)
    audio.send(mutated(packet(random), random), target, host);
  await caller.next([" 481 "], 20); // Some time to answer.
  sum(caller, dialled, sums);
  audio.close();
  socket.destroy();
}

/** A call of a browser: werift in its place. */
async function browserCall(sandbox, random, sums) {
  const websocket = new WebSocket(`${sandbox.loginUrl.replace("http", "ws")}/sip`, "sip");
  const caller = await callerOnWebSocket(websocket, sandbox.sipServer);
  const peer = new RTCPeerConnection({ iceServers: [], iceUseIpv6: false });
  const { sender, dtlsTransport } = peer.addTransceiver("audio", { direction: "sendrecv" });
  await peer.setLocalDescription(await peer.createOffer());
  const offer = peer.localDescription.sdp;
  const dialled = await caller.dial(offer, (text) => text);
  const answer = dialled.response?.split("\r\n\r\n")[1] ?? "";
  if (answer !== "") {
    const connected = peer.connectionStateChange.watch((state) => state === "connected", 5_000);
    await peer.setRemoteDescription({ type: "answer", sdp: answer });
    await connected.catch(() => {});
    await sendEncrypted(dtlsTransport, sender.ssrc, random, sums);
    sendStray(Number(/ 127\.0\.0\.1 (\d+) typ host/.exec(answer)?.[1] ?? 0), random, sums);
  }
  sendInCall(caller, dialled, offer, random, sums);
  await caller.next([" 481 "], 50);
  sum(caller, dialled, sums);
  websocket.terminate();
  await peer.close();
}

/** Requests of the call, some of them as they should be. */
function sendInCall(caller, { uri, parties }, sdp, random, sums) {
  for (let requests = 1 + random(12); requests > 0; requests -= 1, sums.messages += 1) {
    const method = METHODS[random(METHODS.length - (requests > 1 ? 1 : 0))];
    const refer = method === "REFER" ? [`Refer-To: <sip:e3@127.0.0.1?Replaces=a%3Bto-tag%3Db>`] : [];
    const hasSdp = method === "INVITE" || method === "UPDATE";
    const body = hasSdp && random(2) === 0 ? mutated(Buffer.from(sdp), random).toString("latin1") : "";
    caller.send(method, uri, [...parties, ...refer], body, (text) =>
      random(4) === 0 ? text : mutated(Buffer.from(text), random),
    );
  }
}

/** Broken behind the proof, which would fail otherwise. */
function withoutProofBroken(text, random) {
  const end = text.indexOf("\r\n", text.indexOf("Proxy-Authorization"));
  return Buffer.concat([Buffer.from(text.slice(0, end)), mutated(Buffer.from(text.slice(end)), random)]);
}

/** RTP that arrives decrypted, and isn't RTP. */
async function sendEncrypted(transport, ssrc, random, sums) {
  for (let packets = 50; packets > 0; packets -= 1, sums.messages += 1) {
    const header = new RtpHeader({
      payloadType: [0, 8, 101, 96][random(4)],
      sequenceNumber: random(2 ** 16),
      timestamp: random(2 ** 31),
      ssrc: random(2) === 0 ? ssrc : random(2 ** 31),
      marker: random(2) === 0,
    });
    await transport
      .sendRtp(mutated(packet(random).subarray(12), random).subarray(0, 1_000), header)
      .catch(() => {});
  }
}

/** Whatever comes to the same port: STUN, DTLS, what looks encrypted. */
function sendStray(port, random, sums) {
  if (port === 0) return;
  const socket = createSocket("udp4");
  const real = [
    packet(random),
    Buffer.from("000100002112a442000000000000000000000000", "hex"),
    Buffer.from(`000100102112a442${"00".repeat(12)}0006000561626364650000000025000080280004`, "hex"),
    Buffer.from(`16feff0000000000000000004c010000400000000000000040fefd${"00".repeat(64)}`, "hex"),
    Buffer.from(`17fefd000100000000000100${"20"}${"00".repeat(32)}`, "hex"),
  ];
  for (let packets = 50; packets > 0; packets -= 1, sums.messages += 1)
    socket.send(
      mutated(real[random(real.length)], random),
      port,
      "127.0.0.1",
      packets === 1 ? () => socket.close() : undefined,
    );
}

function sum(caller, { response }, sums) {
  sums.answers += caller.received.filter((text) => text.startsWith("SIP/2.0")).length;
  if (response !== undefined) sums.established += 1;
}
