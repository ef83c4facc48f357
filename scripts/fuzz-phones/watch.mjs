// What a sandbox that is sent malformed input must do: compute for a moment only, and answer the next phone.
import { once } from "node:events";
import { connect } from "node:net";
import { realMessages } from "./messages.mjs";

/** For how long one turn of the event loop computed, at most. By CPU time: on a busy machine others take the rest. */
export function watchBlocks() {
  const block = { longestMs: 0, stop: () => clearInterval(timer) };
  let before = process.cpuUsage();
  const timer = setInterval(() => {
    const { user, system } = process.cpuUsage(before);
    before = process.cpuUsage();
    block.longestMs = Math.max(block.longestMs, (user + system) / 1_000);
  }, 1);
  return block;
}

/** It still answers. */
export async function assertAlive(sipServer) {
  const [host, port] = sipServer.split(":");
  const socket = connect(Number(port), host);
  await once(socket, "connect");
  socket.write(realMessages(sipServer)[3]);
  const [data] = await once(socket, "data", { signal: AbortSignal.timeout(5_000) });
  socket.destroy();
  if (!data.toString().startsWith("SIP/2.0 200")) throw new Error(`It answers ${data}`);
}
