// The moment that counts: marks a contact as being dialled, in one transaction that judges every rule again. Only what is
// marked is dialled, and what is marked is never handed out again by itself.
import type { Database, Queries } from "../database/database.js";
import { SCHEMA } from "../database/migrations.js";
import { judgeContact, type Reason, type ShownNumber } from "../rules/rules.js";
import { lockAccount, noteCallStarts, type RateReason, rateReason } from "./account.js";
import { FACTS, type FactsRow, readContactFacts } from "./contact-facts.js";
import type { HandedOut } from "./hand-out.js";
import { applyVerdict } from "./settle-contact.js";

export type MarkResult =
  /** It may be dialled now, once, by the agent who asked. */
  | { readonly kind: "marked"; readonly attemptId: string }
  /** A rule doesn't allow it any more. The contact is taken back. */
  | {
      readonly kind: "refused";
      readonly reasons: readonly [Reason, ...Reason[]];
      /** When all rules allow it at the earliest, as far as is known now. Undefined if time alone changes nothing. */
      readonly earliest: Date | undefined;
    }
  /** The account places too many calls. The agent keeps the contact. */
  | { readonly kind: "wait"; readonly reason: RateReason }
  /** The lease has ended: somebody else may have the contact. */
  | { readonly kind: "lost" }
  /** The agent has another call. */
  | { readonly kind: "agent-busy" }
  | { readonly kind: "paused" | "stopped" };

/** A process that is dialling sends a heartbeat more often than this, in seconds. */
export const ALIVE_SECONDS = 60;

/**
 * Marks a contact as being dialled.
 *
 * @throws ListsError if the database is lost; then nothing may be dialled, whether it's marked or not
 */
export function markDialling(
  database: Database,
  { contact, lease }: Pick<HandedOut, "contact" | "lease">,
  agentId: string,
  shownNumber: ShownNumber,
): Promise<MarkResult> {
  return database.transaction(async (queries) => {
    await lockAccount(queries);
    const [row] = await queries.query<FactsRow>(HELD, [contact.id, lease], "held-contact");
    if (row === undefined) return { kind: "lost" };
    const found = readContactFacts(row);
    if (found.isDue) return { kind: "lost" };
    const { state } = found.list;
    if (state === "paused" || state === "stopped") return { kind: state };
    const facts = await found.facts(shownNumber);
    const verdict = judgeContact(facts);
    if (!verdict.allowed) {
      await applyVerdict(queries, found, verdict);
      return { kind: "refused", reasons: verdict.reasons, earliest: verdict.earliest };
    }
    if (await hasCall(queries, agentId)) return { kind: "agent-busy" };
    const reason = await rateReason(queries);
    if (reason !== undefined) return { kind: "wait", reason };
    const [attempt] = await queries.query<{ id: string }>(
      MARK,
      [contact.id, agentId, ALIVE_SECONDS],
      "mark-dialling",
    );
    if (attempt === undefined) return { kind: "lost" };
    await noteCallStarts(queries);
    await queries.query(
      `update ${SCHEMA}.consent set last_used_at = ${SCHEMA}.moment()
        where number_key = (select number_key from ${SCHEMA}.contact where id = $1)`,
      [contact.id],
      "use-consent",
    );
    return { kind: "marked", attemptId: attempt.id };
  });
}

const HELD = `
  select ${FACTS} from ${SCHEMA}.contact c join ${SCHEMA}.list l on l.id = c.list_id
   where c.id = $1 and c.lease = $2 and c.state = 'waiting'
     for update of c`;

const MARK = `
  with c as (
    update ${SCHEMA}.contact
       set state = 'dialling', lease = null, leased_by = null, call_back_at = null,
           turn = ${SCHEMA}.turn(priority, null)
     where id = $1
    returning id, list_id, number_key
  )
  insert into ${SCHEMA}.attempt (list_id, contact_id, agent_id, number_key, started_at, alive_until)
  select list_id, id, $2, number_key, ${SCHEMA}.moment(), ${SCHEMA}.moment() + $3 * interval '1 second' from c
  returning id`;

async function hasCall(queries: Queries, agentId: string): Promise<boolean> {
  const running = await queries.query(
    `select from ${SCHEMA}.attempt where agent_id = $1 and state = 'dialling' limit 1`,
    [agentId],
    "agent-has-call",
  );
  return running.length > 0;
}
