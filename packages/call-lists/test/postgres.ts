// A real PostgreSQL for a test file: a cluster of its own, with settings that give up durability for speed where a test
// doesn't stop the server. Debian's programs aren't on the path.
import { execFileSync, type SpawnOptions, spawn } from "node:child_process";
import { once } from "node:events";
import { chownSync, existsSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";

export interface Postgres {
  /** Of a new, empty database. */
  newDatabase(): Promise<string>;
  /** Ends all connections at once, and starts the server again: what a failing machine does. */
  crash(): Promise<void>;
  stop(): void;
  start(): Promise<void>;
  close(): Promise<void>;
}

const HOME = "/usr/lib/postgresql";

/** The folder of PostgreSQL's programs. */
function programs(): string {
  const [newest] = existsSync(HOME) ? readdirSync(HOME).sort((a, b) => Number(b) - Number(a)) : [];
  if (newest === undefined) throw new Error("The tests need PostgreSQL: sudo apt-get install postgresql");
  return join(HOME, newest, "bin");
}

/** PostgreSQL refuses to run as root: then it's the system's own user for it. */
function unprivileged(): Pick<SpawnOptions, "uid" | "gid"> {
  if (process.getuid?.() !== 0) return {};
  const id = (flag: string) => Number(execFileSync("id", [flag, "postgres"], { encoding: "utf8" }));
  return { uid: id("-u"), gid: id("-g") };
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  server.close();
  await once(server, "close");
  if (address === null || typeof address === "string") throw new Error("There is no free port.");
  return address.port;
}

/** @param durable whether what is committed survives a crash of the server */
export async function startPostgres({ durable = false } = {}): Promise<Postgres> {
  const bin = programs();
  const user = unprivileged();
  const folder = mkdtempSync(join(tmpdir(), "sipgate-lists-"));
  if (user.uid !== undefined && user.gid !== undefined) chownSync(folder, user.uid, user.gid);
  const data = join(folder, "data");
  const run = (program: string, args: readonly string[]) =>
    execFileSync(join(bin, program), args, { ...user, cwd: folder, stdio: ["ignore", "ignore", "pipe"] });
  run("initdb", ["-D", data, "-U", "test", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync"]);
  const port = await freePort();
  const settings = [
    ...["listen_addresses=127.0.0.1", `port=${port}`, `unix_socket_directories=${folder}`],
    ...["shared_buffers=32MB", "max_connections=200", "max_wal_size=1GB", "autovacuum_naptime=10s"],
    ...(durable ? [] : ["fsync=off", "synchronous_commit=off", "full_page_writes=off"]),
  ];
  const options = settings.flatMap((setting) => ["-c", setting]);
  let server: ReturnType<typeof spawn> | undefined;

  const start = async () => {
    server = spawn(join(bin, "postgres"), ["-D", data, ...options], {
      ...user,
      cwd: folder,
      stdio: "ignore",
    });
    for (;;) {
      try {
        run("pg_isready", ["-q", "-h", "127.0.0.1", "-p", String(port), "-U", "test", "-d", "postgres"]);
        return;
      } catch (error) {
        if (server.exitCode !== null) throw error;
        await new Promise((resolve) => setTimeout(resolve, 30));
      }
    }
  };
  /** SIGINT ends every session; SIGQUIT does so without a word, and the next start has to recover. */
  const end = async (signal: "SIGINT" | "SIGQUIT") => {
    if (server === undefined || server.exitCode !== null) return;
    const ended = once(server, "exit");
    server.kill(signal);
    await ended;
  };

  await start();
  let made = 0;
  return {
    async newDatabase() {
      made += 1;
      const name = `test_${made}`;
      run("createdb", ["-h", "127.0.0.1", "-p", String(port), "-U", "test", name]);
      return `postgresql://test@127.0.0.1:${port}/${name}`;
    },
    async crash() {
      await end("SIGQUIT");
      await start();
    },
    stop: () => void end("SIGINT"),
    start,
    async close() {
      await end("SIGINT");
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
