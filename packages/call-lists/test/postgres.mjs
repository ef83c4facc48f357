// A real PostgreSQL for tests and checks: a cluster of its own, in a folder of its own. Debian's programs aren't on the path.
// To try another release: TEST_POSTGRES_SERVER, the folder of its `initdb` and `postgres`.
import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { chownSync, existsSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

const HOME = "/usr/lib/postgresql";

/** The folder of PostgreSQL's programs. */
function programs() {
  const [newest] = existsSync(HOME) ? readdirSync(HOME).sort((a, b) => Number(b) - Number(a)) : [];
  if (newest === undefined) throw new Error("The tests need PostgreSQL: sudo apt-get install postgresql");
  return join(HOME, newest, "bin");
}

/** PostgreSQL refuses to run as root: then it's the system's own user for it. */
function unprivileged() {
  if (process.getuid?.() !== 0) return {};
  const id = (/** @type {string} */ flag) =>
    Number(execFileSync("id", [flag, "postgres"], { encoding: "utf8" }));
  return { uid: id("-u"), gid: id("-g") };
}

/** @returns {Promise<number>} a port that nobody listens on */
export async function freePort() {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  server.close();
  await once(server, "close");
  if (address === null || typeof address === "string") throw new Error("There is no free port.");
  return address.port;
}

/**
 * Makes databases in a server of the tests'.
 *
 * @param {number} port
 * @returns {(template?: string) => string} makes a database, empty or a copy of another one, and returns its URL
 */
export function databaseMaker(port) {
  const createdb = join(programs(), "createdb");
  let made = 0;
  return (template) => {
    made += 1;
    const name = `test_${process.pid}_${made}`;
    const copied = template === undefined ? [] : ["-T", new URL(template).pathname.slice(1)];
    const at = ["-h", "127.0.0.1", "-p", String(port), "-U", "test"];
    execFileSync(createdb, [...at, ...copied, name], { stdio: ["ignore", "ignore", "pipe"] });
    return `postgresql://test@127.0.0.1:${port}/${name}`;
  };
}

/**
 * @typedef {object} Postgres
 * @property {number} port
 * @property {(template?: string) => string} newDatabase as of `databaseMaker`
 * @property {() => Promise<void>} stop ends all sessions at once, as a failing machine does
 * @property {() => Promise<void>} start starts the server again after `stop`; what was committed is there
 * @property {() => Promise<void>} close
 */

/**
 * Starts a server.
 *
 * @param {{ durable?: boolean }} [how] whether what is committed survives `stop`; without, everything is faster
 * @returns {Promise<Postgres>}
 */
export async function startPostgres({ durable = false } = {}) {
  const bin = programs();
  const serverBin = process.env.TEST_POSTGRES_SERVER ?? bin;
  const user = unprivileged();
  const folder = mkdtempSync(join(tmpdir(), "sipgate-lists-"));
  if (user.uid !== undefined && user.gid !== undefined) chownSync(folder, user.uid, user.gid);
  const data = join(folder, "data");
  const run = (/** @type {string} */ program, /** @type {string[]} */ args, folderOfIt = bin) =>
    execFileSync(join(folderOfIt, program), args, {
      ...user,
      cwd: folder,
      stdio: ["ignore", "ignore", "pipe"],
    });
  run(
    "initdb",
    ["-D", data, "-U", "test", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync"],
    serverBin,
  );
  const port = await freePort();
  const settings = [
    ...["listen_addresses=127.0.0.1", `port=${port}`, `unix_socket_directories=${folder}`],
    ...["shared_buffers=64MB", "max_connections=200", "max_wal_size=1GB"],
    ...(durable ? [] : ["fsync=off", "full_page_writes=off"]),
  ];
  const options = settings.flatMap((setting) => ["-c", setting]);
  /** @type {import("node:child_process").ChildProcess | undefined} */
  let server;
  /** Ends the server if this process is killed. @type {import("node:child_process").ChildProcess | undefined} */
  let guard;

  const at = ["-h", "127.0.0.1", "-p", String(port), "-U", "test"];
  const start = async () => {
    server = spawn(join(serverBin, "postgres"), ["-D", data, ...options], {
      ...user,
      cwd: folder,
      stdio: "ignore",
    });
    const script = `read _; kill -QUIT ${server.pid}; rm -rf ${folder}`;
    guard = spawn("sh", ["-c", script], { stdio: ["pipe", "ignore", "ignore"] });
    guard.unref();
    for (;;) {
      try {
        run("pg_isready", ["-q", ...at, "-d", "postgres"]);
        return;
      } catch (error) {
        if (server.exitCode !== null) throw error;
        await sleep(30);
      }
    }
  };
  const end = async (/** @type {NodeJS.Signals} */ signal) => {
    if (server === undefined || server.exitCode !== null || server.signalCode !== null) return;
    guard?.kill();
    const ended = once(server, "exit");
    server.kill(signal);
    await ended;
  };

  await start();
  return {
    port,
    newDatabase: databaseMaker(port),
    // SIGQUIT: without a word to anybody, and the next start has to recover.
    stop: () => end("SIGQUIT"),
    start,
    async close() {
      await end("SIGINT");
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
