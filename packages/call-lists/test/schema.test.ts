import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openDatabase } from "../src/database/database.js";
import { migrate, readSchemaState, requireSchema } from "../src/database/schema.js";
import { type Postgres, startPostgres } from "./postgres.mjs";

let postgres: Postgres;
beforeAll(async () => {
  postgres = await startPostgres();
});
afterAll(() => postgres.close());

describe("the schema", () => {
  it("is missing at first, is made once by any number at the same time, and is then there", async () => {
    const url = postgres.newDatabase();
    const databases = [openDatabase(url), openDatabase(url), openDatabase(url)] as const;
    const [database] = databases;
    await expect(requireSchema(database)).rejects.toMatchObject({ code: "no-schema" });
    await Promise.all(databases.map(migrate));
    await requireSchema(database);
    const { version, wanted } = await readSchemaState(database);
    expect(version).toBe(wanted);
    await Promise.all(databases.map((opened) => opened.close()));
  });

  it("of a newer release is left alone", async () => {
    const database = openDatabase(postgres.newDatabase());
    await migrate(database);
    await database.query("insert into sipgate_call.migration (version) values (999)");
    await expect(requireSchema(database)).rejects.toMatchObject({ code: "schema-too-new" });
    await database.close();
  });
});
