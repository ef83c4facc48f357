// A small round of what `npm run check:lists` does with thousands of contacts.
import { afterAll, beforeAll, expect, it } from "vitest";
import { startOwnDatabases } from "./database.js";
import { playListKills } from "./kills/list-kills.mjs";

let databases: Awaited<ReturnType<typeof startOwnDatabases>>;
beforeAll(async () => {
  databases = await startOwnDatabases();
});
afterAll(() => databases.close());

it("nobody on a list is rung twice or forgotten, though agents' programs are killed and the database fails", async () => {
  const size = { contacts: 10, processes: 4, withinMs: 3_000 };
  const counts = await playListKills(databases.postgres, databases.newDatabase(), size);
  expect(counts).toMatchObject({ contacts: 10, calls: 10, twice: 0, forgotten: 0, untrue: 0, crashes: 1 });
}, 150_000);
