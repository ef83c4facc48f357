// What the system runs. A start that places a call runs the code as an earlier one compiled it.
import { createRequire } from "node:module";
import { join } from "node:path";
import { runCompiled } from "./compiled-code.js";

const requireFrom = createRequire(import.meta.filename);
const program = join(import.meta.dirname, "run.cjs");
const words = process.argv.slice(2);

const placesCall = words[0] === undefined || words[0] === "dial" || !/^[a-z]/i.test(words[0]);
const asksForHelp = words.some((word) => ["-h", "--help", "-v", "--version"].includes(word));
// Node's variable against its own cache of compiled code.
const isForbidden = Boolean(process.env.NODE_DISABLE_COMPILE_CACHE);
if (placesCall && !asksForHelp && !isForbidden) runCompiled(program, requireFrom);
else requireFrom(program);
