// Databases with the schema in them.
import { type Database, openDatabase } from "../src/database/database.js";
import { databaseMaker, type Postgres, startPostgres } from "./postgres.mjs";
import { sharedPostgres, templateIn } from "./shared-postgres.js";

export interface TestDatabases {
  /** @returns the URL of a new database with the schema */
  newDatabase(): string;
  /** @returns the URL of a new database with nothing in it */
  newEmptyDatabase(): string;
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

/** In the server that all test files share. */
export async function startDatabases(): Promise<TestDatabases> {
  const { port, template } = await sharedPostgres();
  return databasesBy(databaseMaker(port), template);
}

/** In a server of the file's own, which can be stopped. What is committed survives that. */
export async function startOwnDatabases(): Promise<TestDatabases & { readonly postgres: Postgres }> {
  const postgres = await startPostgres({ durable: true });
  const databases = databasesBy(postgres.newDatabase, await templateIn(postgres));
  return {
    ...databases,
    postgres,
    async close() {
      await databases.close();
      await postgres.close();
    },
  };
}

function databasesBy(make: Postgres["newDatabase"], template: string): TestDatabases {
  const opened: Database[] = [];
  return {
    newDatabase: () => make(template),
    newEmptyDatabase: () => make(),
    open(url) {
      const database = openDatabase(url);
      opened.push(database);
      return database;
    },
    close: async () => void (await Promise.all(opened.map((database) => database.close()))),
  };
}
