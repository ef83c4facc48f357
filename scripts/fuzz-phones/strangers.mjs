// Malformed input of strangers who connect: SIP over TCP and WebSocket with SDP, RTP and STUN.
import { createSocket } from "node:dgram";
import { once } from "node:events";
import { connect } from "node:net";
import { createSandbox } from "sipgate-sandbox";
import { WebSocket } from "ws";
import { packet, realMessages } from "./messages.mjs";
import { mutated, randomFrom } from "./mutate.mjs";
import { assertAlive, watchBlocks } from "./watch.mjs";

/** @returns {Promise<{ messages: number, answers: number, longestBlockMs: number }>} */
export async function fuzzStrangers({ count, seed = 1 }) {
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
    await assertAlive(place);
    return { messages: sent, answers, longestBlockMs: block.longestMs };
  } finally {
    block?.stop();
    await sandbox.close();
  }
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
