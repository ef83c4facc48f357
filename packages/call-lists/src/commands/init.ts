import { databaseUrl, openDatabase } from "../database/database.js";
import { SCHEMA } from "../database/migrations.js";
import { migrate, readSchemaState } from "../database/schema.js";
import { EXIT, type ListsCommand } from "./command.js";

export const init: ListsCommand = {
  name: "init",
  takes: [],
  summary: "make the tables in the database, in a schema of their own, after asking",
  options: { yes: { type: "boolean", description: "without asking, for scripts" } },
  async run(input, terminal) {
    const database = openDatabase(databaseUrl());
    try {
      const { database: name, version, wanted, postgresql } = await readSchemaState(database);
      const where = `the schema ${SCHEMA} of the database ${name} (PostgreSQL ${postgresql})`;
      const result = { type: "init", database: name, schema: SCHEMA, version: wanted };
      if (version >= wanted) {
        terminal.show(`Everything is there: ${where}.`, { ...result, made: false });
        return EXIT.ok;
      }
      const what = version === 0 ? "Make the tables in" : "Bring the tables up to date in";
      if (!input.flag("yes") && !/^y(?:es)?$/i.test((await terminal.ask(`${what} ${where}? [y/N]`)) ?? "")) {
        terminal.note("Nothing was changed.");
        return EXIT.refused;
      }
      await migrate(database);
      terminal.show(`Done: ${where}.`, { ...result, made: true });
      return EXIT.ok;
    } finally {
      await database.close();
    }
  },
};
