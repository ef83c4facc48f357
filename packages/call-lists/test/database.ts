// Databases with the schema in them.
import { type Database, openDatabase } from "../src/database/database.js";
import { migrate } from "../src/database/schema.js";
import { type Postgres, startPostgres } from "./postgres.mjs";

export interface TestDatabases {
  readonly postgres: Postgres;
  /** @returns the URL of a new database with the schema */
  newDatabase(): string;
  /** Opens one, until the end of the test file. */
  open(url: string): Database;
  close(): Promise<void>;
}

/** Removes everything that a test has put into a database: quicker than another one. */
export async function emptyDatabase(database: Database): Promise<void> {
  await database.query(
    "truncate sipgate_call.list, sipgate_call.agent, sipgate_call.do_not_call, sipgate_call.consent, sipgate_call.account cascade",
  );
  await database.query("insert into sipgate_call.account default values");
}

export async function startDatabases(how: { durable?: boolean } = {}): Promise<TestDatabases> {
  const postgres = await startPostgres(how);
  const template = postgres.newDatabase();
  const database = openDatabase(template);
  await migrate(database);
  await database.close();
  const opened: Database[] = [];
  return {
    postgres,
    newDatabase: () => postgres.newDatabase(template),
    open(url) {
      const database = openDatabase(url);
      opened.push(database);
      return database;
    },
    async close() {
      await Promise.all(opened.map((database) => database.close()));
      await postgres.close();
    },
  };
}
