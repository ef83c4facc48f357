// One PostgreSQL for all test files of a run, each with databases of its own. It starts when the first of them asks for it.
import { once } from "node:events";
import { createServer } from "node:http";
import { type Postgres, startPostgres } from "./postgres.mjs";

/** Where the run's process tells the server's port. Workers inherit it. */
const VARIABLE = "SIPGATE_TEST_POSTGRES";

/** For the run's own process: see vitest.config.ts. */
export async function setup(): Promise<() => Promise<void>> {
  let started: Promise<Postgres> | undefined;
  const server = createServer((_, response) => {
    started ??= startPostgres();
    started.then(
      ({ port }) => response.end(String(port)),
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

/** The port of the shared server. */
export async function sharedPostgresPort(): Promise<number> {
  const response = await fetch(process.env[VARIABLE] ?? "");
  const told = await response.text();
  if (!response.ok) throw new Error(told);
  return Number(told);
}
