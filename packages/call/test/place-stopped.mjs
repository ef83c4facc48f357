// Places a call, and hangs from the moment that the call request is sent until long after its timeout, as a process that's stopped:
// node place-stopped.mjs ENTRY BASE_URL TOKEN_ID TOKEN
import net from "node:net";

const [entry, baseUrl, tokenId, token] = process.argv.slice(2);
const { createClient } = await import(new URL(`../dist/${entry}`, import.meta.url).href);
const timeout = 1_000;
const client = createClient({
  credentials: { tokenId, token },
  baseUrl,
  platform: "classic",
  timeoutMs: timeout,
});
await client.balance(); // Everything is loaded, and for fetch there is a connection.

const { _writeGeneric } = net.Socket.prototype;
let isStopped = false;
net.Socket.prototype._writeGeneric = function (writev, data, ...others) {
  const written = _writeGeneric.call(this, writev, data, ...others);
  const text = Array.isArray(data) ? data.map(({ chunk }) => String(chunk)).join("") : String(data);
  if (!isStopped && text.includes("callee")) {
    isStopped = true;
    setImmediate(() => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 2 * timeout));
  }
  return written;
};
try {
  const { callId } = await client.place({ caller: "e0", callee: "+493023125001" }, { searchForMs: 0 });
  process.stdout.write(JSON.stringify({ callId }));
} catch (error) {
  process.stdout.write(JSON.stringify({ code: error.code, placed: error.placed }));
}
process.exit();
