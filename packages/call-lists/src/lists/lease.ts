// What can be done with a contact that an agent holds, without calling it.
import type { Queries } from "../database/database.js";
import { SCHEMA } from "../database/migrations.js";
import type { ContactFacts } from "./contact-facts.js";

/** Whether the lease is still the agent's. Locks the contact. */
export async function isStillHeld(queries: Queries, { contact, lease }: ContactFacts): Promise<boolean> {
  const held = await queries.query(
    `select from ${SCHEMA}.contact where id = $1 and lease = $2 and state = 'waiting' for update`,
    [contact.id, lease ?? null],
    "is-held",
  );
  return held.length === 1;
}

/**
 * Gives a contact back.
 *
 * @param seconds after which it's due again
 */
export async function giveBack(
  queries: Queries,
  { contact, lease }: ContactFacts,
  seconds = 0,
): Promise<void> {
  await queries.query(
    `update ${SCHEMA}.contact
        set due_at = ${SCHEMA}.moment() + $3 * interval '1 second', lease = null, leased_by = null
      where id = $1 and lease = $2 and state = 'waiting'`,
    [contact.id, lease ?? null, seconds],
  );
}

/** Keeps a contact for longer. @returns whether it was still the agent's */
export async function keep(
  queries: Queries,
  { contact, lease }: ContactFacts,
  seconds: number,
): Promise<boolean> {
  const kept = await queries.query(
    `update ${SCHEMA}.contact set due_at = ${SCHEMA}.moment() + $3 * interval '1 second'
      where id = $1 and lease = $2 and state = 'waiting' and due_at > ${SCHEMA}.moment()
      returning id`,
    [contact.id, lease ?? null, seconds],
  );
  return kept.length === 1;
}
