import { type Database, databaseUrl, openDatabase } from "../database/database.js";
import { requireSchema } from "../database/schema.js";

/** Opens the database that the environment names, for as long as `work` takes. @throws ListsError if it can't be used */
export async function withDatabase<T>(work: (database: Database) => Promise<T>): Promise<T> {
  const database = openDatabase(databaseUrl());
  try {
    await requireSchema(database);
    return await work(database);
  } finally {
    await database.close();
  }
}
