import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openDatabase } from "../src/database/database.js";
import { migrate, readSchemaState, requireSchema } from "../src/database/schema.js";
import { type Postgres, startPostgres } from "./postgres.js";

let postgres: Postgres;
beforeAll(async () => {
  postgres = await startPostgres();
});
afterAll(() => postgres.close());

describe("the schema", () => {
  it("is missing at first, is made once by any number at the same time, and is then there", async () => {
    const url = await postgres.newDatabase();
    const database = openDatabase(url);
    await expect(requireSchema(database)).rejects.toMatchObject({ code: "no-schema" });
    const others = [openDatabase(url), openDatabase(url)];
    await Promise.all([database, ...others].map(migrate));
    await requireSchema(database);
    const { version, wanted } = await readSchemaState(database);
    expect(version).toBe(wanted);
    await Promise.all([database, ...others].map((opened) => opened.close()));
  });
});
