// Loaded before a program (node --require): stops it, as Ctrl-Z does, right before or after it has written down that it has
// come to a state. STOP_AT is "before sending", for example. Each version of a record is a file that is linked to its name.
const files = require("node:fs");

const [when, state] = (process.env.STOP_AT ?? "").split(" ");
const { linkSync, readFileSync } = files;
let isDone = false;
files.linkSync = (draft, path) => {
  const isIt = !isDone && new RegExp(`"(?:kind|state)":"${state}"`).test(readFileSync(draft, "utf8"));
  isDone ||= isIt;
  if (isIt && when === "before") process.kill(process.pid, "SIGSTOP");
  linkSync(draft, path);
  if (isIt && when === "after") process.kill(process.pid, "SIGSTOP");
};
