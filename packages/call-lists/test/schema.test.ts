import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openDatabase } from "../src/database/database.js";
import { migrate, readSchemaState, requireSchema } from "../src/database/schema.js";
import { startDatabases, type TestDatabases } from "./database.js";

let test: TestDatabases;
beforeAll(async () => {
  test = await startDatabases();
});
afterAll(() => test.close());

describe("the schema", () => {
  it("is missing at first, is made once by any number at the same time, and is then there", async () => {
    const url = test.newEmptyDatabase();
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
    const database = openDatabase(test.newEmptyDatabase());
    await migrate(database);
    await database.query("insert into sipgate_call.migration (version) values (999)");
    await expect(requireSchema(database)).rejects.toMatchObject({ code: "schema-too-new" });
    await database.close();
  });
});
