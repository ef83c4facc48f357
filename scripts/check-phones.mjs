// Sends malformed input to a sandbox with phones, made of real messages: SIP over TCP and WebSocket with SDP, RTP and STUN.
// It must answer or drop each, never stop, and never block.
//   npm run check:phones [-- COUNT]    default: 300000 messages
import { createSocket } from "node:dgram";
import { once } from "node:events";
import { connect } from "node:net";
import { fileURLToPath } from "node:url";
import { createSandbox } from "sipgate-sandbox";
import { WebSocket } from "ws";

const TOKENS = [
  "\r\n",
  "\r\n\r\n",
  ":",
  ";",
  ",",
  "<",
  ">",
  '"',
  "%",
  "\\",
  "\0",
  "SIP/2.0",
  "sip:",
  "-1",
  "999999999999",
  "tag=",
  "Via: ",
  "a=",
  "m=audio",
  "🙂",
];

/** Numbers that look random and are the same for the same seed (mulberry32). */
function randomFrom(seed) {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
}

/** The bytes with a few changes. */
function mutated(bytes, random) {
  let changed = Buffer.from(bytes);
  for (let count = 1 + random(4); count > 0; count -= 1) {
    const at = random(changed.length + 1);
    const to = Math.min(changed.length, at + 1 + random(random(8) === 0 ? 400 : 12));
    const [before, middle, after] = [changed.subarray(0, at), changed.subarray(at, to), changed.subarray(to)];
    switch (random(6)) {
      case 0:
        changed = Buffer.concat([before, after]);
        break;
      case 1:
        changed = Buffer.concat([before, middle, middle, after]);
        break;
      case 2:
        changed = Buffer.concat([before, Buffer.from(TOKENS[random(TOKENS.length)]), middle, after]);
        break;
      case 3:
        changed = Buffer.concat([before, Buffer.from(middle).fill(random(256)), after]);
        break;
      case 4:
        changed = Buffer.concat([before, Buffer.alloc(random(3_000), TOKENS[random(TOKENS.length)]), after]);
        break;
      default:
        if (at < changed.length) changed[at] = random(256);
    }
  }
  return changed;
}

/** Such as phones and browsers send. @param place `host:port` of the sandbox */
function realMessages(place) {
  const sdp =
    "v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=-\r\nc=IN IP4 127.0.0.1\r\nt=0 0\r\nm=audio 9 RTP/AVP 0 8 101\r\na=rtpmap:0 PCMU/8000\r\na=rtpmap:101 telephone-event/8000\r\na=fmtp:101 0-15\r\na=ptime:20\r\na=sendrecv\r\n";
  const browser = `v=0\r\no=- 1 2 IN IP4 127.0.0.1\r\ns=-\r\nt=0 0\r\na=group:BUNDLE 0\r\nm=audio 9 UDP/TLS/RTP/SAVPF 111 0 8 126\r\nc=IN IP4 0.0.0.0\r\na=candidate:1 1 udp 2122260223 127.0.0.1 50000 typ host\r\na=ice-ufrag:abcd\r\na=ice-pwd:abcdefghijklmnopqrstuvwx\r\na=fingerprint:sha-256 ${"AB:".repeat(31)}AB\r\na=setup:actpass\r\na=mid:0\r\na=rtcp-mux\r\na=rtpmap:126 telephone-event/8000\r\n`;
  const message = (method, body, ...headers) =>
    [
      `${method} sip:e3@${place} SIP/2.0`,
      `Via: SIP/2.0/TCP 127.0.0.1:5070;branch=z9hG4bK1;rport`,
      `From: "Phone" <sip:1000000e0@${place}>;tag=1`,
      `To: <sip:e3@${place}>`,
      "Call-ID: fuzz@127.0.0.1",
      `CSeq: 1 ${method}`,
      "Max-Forwards: 70",
      `Contact: <sip:1000000e0@127.0.0.1:5070;transport=tcp>;expires=600;+sip.instance="<urn:uuid:1>"`,
      ...headers,
      `Content-Length: ${body.length}`,
      "",
      body,
    ].join("\r\n");
  const proof =
    'Digest username="1000000e0", realm="sipgate-sandbox", nonce="1.2", uri="sip:x", response="00000000000000000000000000000000", algorithm=MD5, qop=auth, nc=00000001, cnonce="1"';
  return [
    message("REGISTER", "", `Authorization: ${proof}`, "Expires: 600"),
    message("INVITE", sdp, "Content-Type: application/sdp", `Proxy-Authorization: ${proof}`),
    message("INVITE", browser, "Content-Type: application/sdp"),
    message("OPTIONS", ""),
    message("BYE", ""),
    message("CANCEL", ""),
    message("ACK", ""),
    message("INFO", "Signal=5\r\nDuration=160\r\n", "Content-Type: application/dtmf-relay"),
    message("NOTIFY", "", "Event: refer", "Subscription-State: active"),
    message("OPTIONS", "").replace(/^[^\r]*/, "SIP/2.0 200 OK"),
  ].map((text) => Buffer.from(text));
}

/** @returns {Promise<{ messages: number, answers: number, longestBlockMs: number }>} */
export async function fuzzPhones({ count, seed = 1 }) {
  const sandbox = await createSandbox({ phones: true });
  const random = randomFrom(seed);
  let block;
  let answers = 0;
  try {
    const place = sandbox.sipServer;
    const real = realMessages(place);
    const [host, port] = place.split(":");
    await fuzzWebSocket(sandbox, real, random, () => {}); // The first browser makes the sandbox load what WebRTC takes.
    block = watchBlocks();
    const audio = createSocket("udp4");
    const ports = [];
    let sent = 0;
    while (sent < count) {
      const socket = connect(Number(port), host);
      socket.on("error", () => {});
      socket.on("data", (data) => {
        answers += data.toString("latin1").split("SIP/2.0 ").length - 1;
        const invite = data.toString("latin1");
        const offered = /m=audio (\d+) /.exec(invite)?.[1];
        if (invite.startsWith("INVITE") && offered !== undefined) ports.push(Number(offered));
      });
      await once(socket, "connect");
      const size = 1 + random(10);
      for (let batch = 0; batch < size && sent < count; batch += 1, sent += 1) {
        const bytes = mutated(real[random(real.length)], random);
        if (socket.destroyed) break;
        if (!socket.write(bytes))
          await new Promise((resolve) => socket.once("drain", resolve).once("close", resolve));
        if (ports.length > 0) audio.send(mutated(packet(random), random), ports[random(ports.length)], host);
      }
      socket.end();
      if (!socket.closed) await new Promise((resolve) => socket.once("close", resolve));
      if (random(4) === 0) sent += await fuzzWebSocket(sandbox, real, random, () => (answers += 1));
    }
    audio.close();
    await assertAlive(host, Number(port));
    return { messages: sent, answers, longestBlockMs: block.longestMs };
  } finally {
    block?.stop();
    await sandbox.close();
  }
}

/** For how long one turn of the event loop computed, at most. By CPU time: on a busy machine others take the rest. */
function watchBlocks() {
  const block = { longestMs: 0, stop: () => clearInterval(timer) };
  let before = process.cpuUsage();
  const timer = setInterval(() => {
    const { user, system } = process.cpuUsage(before);
    before = process.cpuUsage();
    block.longestMs = Math.max(block.longestMs, (user + system) / 1_000);
  }, 1);
  return block;
}

/** RTP with audio, a tone, or STUN. */
function packet(random) {
  if (random(3) === 0) return Buffer.from("000100002112a442000000000000000000000000", "hex");
  const rtp = Buffer.alloc(172, 0xff);
  rtp.writeUInt16BE(0x8000 | [0, 8, 101][random(3)], 0);
  return rtp;
}

async function fuzzWebSocket(sandbox, real, random, onAnswer) {
  const websocket = new WebSocket(`${sandbox.loginUrl.replace("http", "ws")}/sip`, "sip");
  websocket.on("error", () => {});
  websocket.on("message", onAnswer);
  await once(websocket, "open");
  let sent = 0;
  for (; sent < 20 && websocket.readyState === WebSocket.OPEN; sent += 1)
    websocket.send(mutated(real[random(real.length)], random), { binary: random(2) === 0 });
  // Frames that aren't WebSocket's.
  websocket._socket?.write(mutated(Buffer.from("8185000000006865", "hex"), random));
  websocket.close();
  if (websocket.readyState !== WebSocket.CLOSED)
    await new Promise((resolve) => websocket.once("close", resolve));
  return sent;
}

/** It still answers. */
async function assertAlive(host, port) {
  const socket = connect(port, host);
  await once(socket, "connect");
  socket.write(realMessages(`${host}:${port}`)[3]);
  const [data] = await once(socket, "data", { signal: AbortSignal.timeout(5_000) });
  socket.destroy();
  if (!data.toString().startsWith("SIP/2.0 200")) throw new Error(`It answers ${data}`);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const count = Number(process.argv[2] ?? 300_000);
  const started = Date.now();
  const { messages, answers, longestBlockMs } = await fuzzPhones({ count, seed: Date.now() % 1e9 });
  const seconds = (Date.now() - started) / 1_000;
  console.log(
    `${messages} messages in ${seconds.toFixed(1)} s, ${answers} answers, the longest block ${longestBlockMs.toFixed(0)} ms. It's alive.`,
  );
}
