// The command: starts the dialer, or opens the one that runs, filled in. It never dials.
import { connect } from "node:net";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { parseArgs } from "node:util";
import { openProfiles } from "./account/profiles.js";
import { openLists } from "./lists/open-lists.js";
import { openBrowser } from "./open-browser.generated.js";
import { writeOpener } from "./server/one-time-codes.js";
import { defaultFolder, openPrivateFolder } from "./server/private-folder.js";
import { DEFAULT_PORT, startDialerWith } from "./start-dialer.js";

const HELP = `A page to phone with: paste, pick or click a number, and see what becomes of the call.

  sipgate-dialer                opens the dialer
  sipgate-dialer NUMBER         opens it with a number or tel: link filled in; nothing dials without a click

Options:
  --profile NAME      a sign-in of sipgate-call login; may be repeated, to choose from in the page
  --sandbox           a sipgate on this machine: no account is needed, no real phone rings
  --port PORT         default: ${DEFAULT_PORT}
  --install-handler   makes it what opens tel: links on this system; --uninstall-handler takes that back
  --no-browser        says what to open instead of opening it
  --help, --version

With SIPGATE_DATABASE_URL, and sipgate-call-lists installed, the page shows the team's call lists.
Without a sign-in and without SIPGATE_TOKEN_ID and SIPGATE_TOKEN in the environment, it plays in a sandbox.
SIPGATE_CALLER is the phone that is chosen at first, SIPGATE_COUNTRY the country of numbers without a country code (default: DE),
SIPGATE_PLATFORM is classic or neo.
`;

async function main(words: readonly string[]): Promise<void> {
  const { values, positionals } = parseArgs({
    args: [...words],
    allowPositionals: true,
    allowNegative: true,
    options: {
      help: { type: "boolean", short: "h" },
      version: { type: "boolean" },
      profile: { type: "string", multiple: true, default: [] },
      sandbox: { type: "boolean", default: false },
      "install-handler": { type: "boolean", default: false },
      "uninstall-handler": { type: "boolean", default: false },
      port: { type: "string", default: String(DEFAULT_PORT) },
      browser: { type: "boolean", default: true },
    },
  });
  if (values.help === true) return void process.stdout.write(HELP);
  if (values.version === true) return void process.stdout.write(`${SIPGATE_CALL_VERSION}\n`);
  if (values["install-handler"] || values["uninstall-handler"]) {
    const { installHandler, uninstallHandler } = await import("./handler/install-handler.js");
    const done = values["install-handler"] ? installHandler(process.argv[1] ?? "") : uninstallHandler();
    return void process.stdout.write(`${done}\n`);
  }
  const [number, unexpected] = positionals;
  if (unexpected !== undefined) throw new TypeError(`Unexpected argument '${unexpected}'`);
  if (!/^\d{1,5}$/.test(values.port) || Number(values.port) > 65_535)
    throw new TypeError("--port takes a number up to 65535.");
  const port = Number(values.port);
  if (port !== 0 && (await isListening(port))) return openRunning(port, number, values.browser);
  const lists = await openLists().catch(withoutLists);
  const profiles = values.sandbox ? undefined : await openProfiles(values.profile, lists?.idempotencyStore);
  const dialer = await startDialerWith(join(__dirname, "page"), { port, profiles, lists });
  const where = dialer.sandbox === undefined ? "" : " It plays in a sandbox: no real phone rings.";
  process.stdout.write(`The dialer runs at http://127.0.0.1:${dialer.port}/.${where} Ctrl+C ends it.\n`);
  show(dialer.opener(number), values.browser);
  const end = () => void dialer.close().then(() => process.exit(0));
  process.once("SIGINT", end);
  process.once("SIGTERM", end);
}

/** Phoning goes on without a database. */
function withoutLists(error: unknown): undefined {
  process.stderr.write(`There are no call lists. ${textOf(error)}\n`);
}

const textOf = (error: unknown): string => {
  const remedy: unknown = error instanceof Error ? Reflect.get(error, "remedy") : undefined;
  const message = error instanceof Error ? error.message : String(error);
  return typeof remedy === "string" ? `${message} ${remedy}` : message;
};

/** The code works for this port only, so a stranger's program that listens there can do nothing with it. */
function openRunning(port: number, number: string | undefined, inBrowser: boolean): void {
  const folder = defaultFolder();
  openPrivateFolder(folder);
  process.stdout.write(`Something listens at port ${port} already: opening that.\n`);
  show(writeOpener(folder, port, number), inBrowser);
}

function show(file: string, inBrowser: boolean): void {
  const byHand = () => void process.stdout.write(`Open this file in your browser: ${file}\n`);
  if (!inBrowser || !openBrowser(pathToFileURL(file).href, byHand)) byHand();
}

function isListening(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, "127.0.0.1");
    socket.on("connect", () => {
      socket.destroy();
      resolve(true);
    });
    socket.on("error", () => resolve(false));
  });
}

main(process.argv.slice(2)).catch((error: unknown) => {
  process.stderr.write(`${textOf(error)}\n`);
  process.exitCode = error instanceof TypeError ? 2 : 1;
});
