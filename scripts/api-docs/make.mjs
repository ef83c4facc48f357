// Makes docs/api.md, the reference of sipgate-call, from the types that are published:
//   npm run docs:api
// TypeDoc is installed in this folder the first time, which takes the network. A test compares the digest in the page
// with the types, so nothing else needs TypeDoc.
import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { digestOfTypes } from "./digest.mjs";

const folder = fileURLToPath(new URL(".", import.meta.url));
const root = join(folder, "../..");

function run(command, args) {
  const { status } = spawnSync(command, args, { cwd: folder, stdio: ["ignore", 2, 2] });
  if (status !== 0) throw new Error(`${command} ${args[0]} has failed, see above.`);
}

/** A member that an interface has of another is described there, if that's in the page, too. */
function withoutRepetition(page) {
  const sections = page.split(/^(?=#{1,5} )/m); // Those of a member's own are deeper.
  const own = sections.filter((section) => !/^#{6} Inherited from\n\n\[/m.test(section));
  const isEmpty = (section, next = "# ") => /^#{4} \w+\n*$/.test(section) && /^#{1,4} /.test(next);
  return own.filter((section, index) => !isEmpty(section, own[index + 1])).join("");
}

if (!existsSync(join(folder, "node_modules")))
  run("npm", ["ci", "--ignore-scripts", "--no-audit", "--no-fund"]);
const out = mkdtempSync(join(tmpdir(), "sipgate-call-api-"));
try {
  run(process.execPath, ["node_modules/typedoc/bin/typedoc", "--options", "typedoc.json", "--out", out]);
  const page = withoutRepetition(readFileSync(join(out, "README.md"), "utf8")).trimEnd();
  const head = `<!-- Made by npm run docs:api; don't edit. Types: ${digestOfTypes()} -->\n`;
  writeFileSync(join(root, "docs/api.md"), `${head}\n${page}\n`);
} finally {
  rmSync(out, { recursive: true });
}
