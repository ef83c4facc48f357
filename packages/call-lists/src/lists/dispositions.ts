// What agents may say of a call, by a team's own names, and what follows from each.
import type { Database, Queries } from "../database/database.js";
import { SCHEMA } from "../database/migrations.js";
import type { Disposition } from "../rules/rules.js";
import { lockAccount } from "./account.js";

export const EFFECTS: readonly Disposition["effect"][] = ["done", "retry", "call-back", "do-not-call"];

export const isEffect = (text: string): text is Disposition["effect"] =>
  EFFECTS.some((effect) => effect === text);

export function listDispositions(queries: Queries, listId: string): Promise<readonly Disposition[]> {
  return queries.query<{ name: string; effect: Disposition["effect"] }>(
    `select name, effect from ${SCHEMA}.disposition where list_id = $1
      order by array_position($2::text[], effect), name`,
    [listId, EFFECTS],
  );
}

/** Adds dispositions, changes what follows from them, and removes those without an effect. */
export function setDispositions(
  database: Database,
  listId: string,
  changes: readonly { readonly name: string; readonly effect: Disposition["effect"] | undefined }[],
): Promise<void> {
  return database.transaction(async (queries) => {
    await lockAccount(queries);
    for (const { name, effect } of changes)
      await (effect === undefined
        ? queries.query(`delete from ${SCHEMA}.disposition where list_id = $1 and name = $2`, [listId, name])
        : queries.query(
            `insert into ${SCHEMA}.disposition (list_id, name, effect) values ($1, $2, $3)
             on conflict (list_id, name) do update set effect = excluded.effect`,
            [listId, name, effect],
          ));
  });
}
