// The rules of a list, as a team has set them.
import type { Database, Queries } from "../database/database.js";
import { SCHEMA } from "../database/migrations.js";
import { ListsError } from "../lists-error.js";
import { checkChanges } from "../rules/check-settings.js";
import { type ListChanges, type ListSettings, withDefaults } from "../rules/list-settings.js";
import { loosenedRules } from "../rules/loosened-rules.js";
import { lockAccount } from "./account.js";

export interface ListRules {
  /** What differs from the defaults. */
  readonly changes: ListChanges;
  /** The number that callees see, E.164. Undefined: the agent's own setting. */
  readonly callerId: string | undefined;
  /** How long a contact is kept after its last attempt. Undefined: until it's deleted by hand. */
  readonly retentionDays: number | undefined;
}

/** @throws ListsError if what is stored can't be used */
export async function readListRules(queries: Queries, listId: string): Promise<ListRules> {
  const [row] = await queries.query<{ rules: unknown; caller_id: string | null; days: number | null }>(
    `select rules, caller_id, retention_days as days from ${SCHEMA}.list where id = $1`,
    [listId],
  );
  if (row === undefined)
    throw new ListsError("not-found", "The list is gone.", "See sipgate-call-lists status.");
  return {
    changes: checkChanges(row.rules),
    callerId: row.caller_id ?? undefined,
    retentionDays: row.days ?? undefined,
  };
}

/** A sentence for each rule that is looser than usual. */
export function loosened({ changes, retentionDays }: ListRules): readonly string[] {
  const kept = retentionDays === undefined ? ["Contacts are kept until they are deleted by hand."] : [];
  return [...loosenedRules(withDefaults(changes)), ...kept];
}

/**
 * Sets the rules. They hold for every call that isn't marked as being dialled yet. Contacts that a rule has kept back are
 * judged anew.
 */
export function setListRules(database: Database, listId: string, rules: ListRules): Promise<void> {
  return database.transaction(async (queries) => {
    await lockAccount(queries);
    const before = withDefaults((await readListRules(queries, listId)).changes);
    await queries.query(
      `update ${SCHEMA}.list set rules = $2, caller_id = $3, retention_days = $4 where id = $1`,
      [listId, JSON.stringify(rules.changes), rules.callerId ?? null, rules.retentionDays ?? null],
    );
    await queries.query(
      `update ${SCHEMA}.contact set due_at = '-infinity'
        where list_id = $1 and state = 'waiting' and lease is null and due_at > ${SCHEMA}.moment()`,
      [listId],
    );
    await queries.query(
      `update ${SCHEMA}.contact set state = 'waiting', due_at = '-infinity', done_because = null
        where list_id = $1 and state = 'done' and done_because = any ($2)`,
      [listId, reopened(before, withDefaults(rules.changes))],
    );
  });
}

/** The rules whose contacts are judged anew. */
function reopened(before: ListSettings, after: ListSettings): string[] {
  const finished = JSON.stringify(before.retry) === JSON.stringify(after.retry) ? [] : ["finished"];
  return ["attempts-list", "consent", "time-zone", "sunday", "holiday", "hours", ...finished];
}
