// Loaded before a program (node --require): halts it at a step of placing a call, tells so on file descriptor 3, and
// waits there for a byte on descriptor 4. HALT_AT is "before sending" or "after sent", for example. It can't stop itself:
// the first process of a PID namespace ignores its own SIGSTOP.
const files = require("node:fs");
const net = require("node:net");

const [when, step] = (process.env.HALT_AT ?? "").split(" ");
let isDone = false;

function halt() {
  isDone = true;
  files.writeSync(3, "here");
  files.readSync(4, Buffer.alloc(1));
}

// Each version of a record is a file that is linked to its name.
const { linkSync, readFileSync } = files;
files.linkSync = (draft, path) => {
  const isIt = !isDone && new RegExp(`"(?:kind|state)":"${step}"`).test(readFileSync(draft, "utf8"));
  if (isIt && when === "before") halt();
  linkSync(draft, path);
  if (isIt && when === "after") halt();
};

// "sent": the call request has left the process, and its response isn't read.
const { _writeGeneric } = net.Socket.prototype;
net.Socket.prototype._writeGeneric = function (writev, data, ...others) {
  const written = _writeGeneric.call(this, writev, data, ...others);
  const text = Array.isArray(data) ? data.map(({ chunk }) => String(chunk)).join("") : String(data);
  if (!isDone && step === "sent" && text.includes("callee")) setImmediate(halt);
  return written;
};
