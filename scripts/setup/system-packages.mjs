// Programs of the system that the tests use: a browser, a terminal, a key store on a message bus, phones, a database, and
// curl and jq, which examples of the documents use.
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";
import { findChromium } from "./chromium.mjs";
import { SetupError } from "./setup-error.mjs";

/** What each program is for, and the Debian package that has it. macOS and Windows have a key store of their own. */
const PROGRAMS = [
  { name: "Chromium", debian: "chromium", isThere: () => findChromium() !== undefined },
  ...(process.platform === "linux"
    ? [
        { name: "curl", debian: "curl", isThere: () => isOnPath("curl") },
        { name: "jq", debian: "jq", isThere: () => isOnPath("jq") },
        { name: "zsh", debian: "zsh", isThere: () => isOnPath("zsh") },
        { name: "fish", debian: "fish", isThere: () => isOnPath("fish") },
        { name: "script", debian: "bsdutils", isThere: () => isOnPath("script") },
        { name: "dbus-run-session", debian: "dbus", isThere: () => isOnPath("dbus-run-session") },
        {
          name: "gnome-keyring-daemon",
          debian: "gnome-keyring",
          isThere: () => isOnPath("gnome-keyring-daemon"),
        },
        { name: "baresip", debian: "baresip-core", isThere: () => isOnPath("baresip") },
        { name: "linphonec", debian: "linphone-cli", isThere: () => isOnPath("linphonec") },
        // Debian keeps PostgreSQL's server off the path.
        { name: "PostgreSQL", debian: "postgresql", isThere: () => existsSync("/usr/lib/postgresql") },
        { name: "sipp", debian: "sip-tester", isThere: () => isOnPath("sipp") },
      ]
    : []),
];

/**
 * Installs what is missing, as root on Debian and its relatives.
 *
 * @throws SetupError elsewhere, naming everything that is missing and how to get it
 */
export function installSystemPackages() {
  const missing = PROGRAMS.filter(({ isThere }) => !isThere());
  if (missing.length === 0) return;
  const packages = missing.map(({ debian }) => debian).join(" ");
  if (process.getuid?.() === 0 && isOnPath("apt-get")) {
    console.error(`Installing what the tests need of the system, once: ${packages} …`);
    apt("update -q");
    apt(`install -yq --no-install-recommends ${packages}`);
  }
  const left = missing.filter(({ isThere }) => !isThere());
  if (left.length > 0) throw new SetupError(howToGet(left));
}

function apt(words) {
  // stdout belongs to the tests' own report.
  spawnSync("apt-get", words.split(" "), {
    stdio: ["ignore", 2, 2],
    env: { ...process.env, DEBIAN_FRONTEND: "noninteractive" },
  });
}

function howToGet(missing) {
  const names = missing.map(({ name }) => name).join(", ");
  const debian = missing.map((program) => program.debian).join(" ");
  return `The tests need ${names}, which this system lacks: install them first, on Debian or Ubuntu by "sudo apt-get install ${debian}" (a Chromium elsewhere is named by the variable CHROMIUM).`;
}

function isOnPath(command) {
  return (process.env.PATH ?? "").split(delimiter).some((folder) => existsSync(join(folder, command)));
}
