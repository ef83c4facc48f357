// Loaded before a program (node --require): stops it, as Ctrl-Z does, right before or after it has linked a file for the
// nth time. STOP_AT is "before 2", for example. Each version of a record is a file that is linked to its name.
const files = require("node:fs/promises");

const [when, nth] = (process.env.STOP_AT ?? "").split(" ");
const { link } = files;
let links = 0;
files.link = async (...paths) => {
  links += 1;
  if (when === "before" && links === Number(nth)) process.kill(process.pid, "SIGSTOP");
  await link(...paths);
  if (when === "after" && links === Number(nth)) process.kill(process.pid, "SIGSTOP");
};
