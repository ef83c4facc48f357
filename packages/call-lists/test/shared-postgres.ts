// One PostgreSQL for all test files of a run, each with databases of its own. It starts when the first of them asks for it.
import { once } from "node:events";
import { createServer } from "node:http";
import { openDatabase } from "../src/database/database.js";
import { migrate } from "../src/database/schema.js";
import { type Postgres, startPostgres } from "./postgres.mjs";

export interface SharedPostgres {
  readonly port: number;
  /** The URL of a database with the schema. Others are copies of it. */
  readonly template: string;
}

/** Where the run's process tells of the server. Workers inherit it. */
const VARIABLE = "SIPGATE_TEST_POSTGRES";

/** For the run's own process: see vitest.config.ts. */
export async function setup(): Promise<() => Promise<void>> {
  let started: Promise<Postgres> | undefined;
  let template: Promise<string> | undefined;
  const server = createServer((_, response) => {
    started ??= startPostgres();
    template ??= started.then(templateIn);
    Promise.all([started, template]).then(
      ([{ port }, template]) => response.end(JSON.stringify({ port, template })),
      (error: unknown) => response.writeHead(500).end(String(error)),
    );
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("There is no free port.");
  process.env[VARIABLE] = `http://127.0.0.1:${address.port}`;
  return async () => {
    server.close();
    await (await started?.catch(() => undefined))?.close();
  };
}

/** Makes a database with the schema. */
export async function templateIn({ newDatabase }: Postgres): Promise<string> {
  const url = newDatabase();
  const database = openDatabase(url);
  await migrate(database);
  await database.close();
  return url;
}

export async function sharedPostgres(): Promise<SharedPostgres> {
  const response = await fetch(process.env[VARIABLE] ?? "");
  const told = await response.text();
  if (!response.ok) throw new Error(told);
  return JSON.parse(told);
}
