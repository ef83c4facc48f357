// Hands contacts to agents: each to one at a time. What an agent has is due again when the lease ends, so it comes back by
// itself if the agent vanishes.
import { randomUUID } from "node:crypto";
import type { Database } from "../database/database.js";
import { SCHEMA } from "../database/migrations.js";
import { judgeContact, type Reason, type ShownNumber } from "../rules/rules.js";
import { type ContactFacts, FACTS, type FactsRow, readContactFacts } from "./contact-facts.js";
import { isStillHeld } from "./lease.js";
import { applyVerdict } from "./settle-contact.js";

/** A contact in an agent's hands. */
export interface HandedOut extends ContactFacts {
  readonly lease: string;
}

export type HandOutResult =
  | { readonly kind: "contact"; readonly contact: HandedOut }
  /** Nobody can be called now. */
  | {
      readonly kind: "nobody";
      /** Why the last one that was looked at can't be called; undefined if none is due. */
      readonly reason: Reason | undefined;
      /** When somebody is due; undefined if nobody waits, or if the reason is the agent's own settings. */
      readonly nextAt: Date | undefined;
      /** In how many milliseconds that is. */
      readonly inMs: number | undefined;
    }
  | { readonly kind: "paused" | "stopped" };

/** How long an agent may look at a contact before it goes to the next one, in seconds. */
export const LEASE_SECONDS = 300;

/** Contacts that may not be called are postponed; after so many, the agent is told rather than kept waiting. */
const MOST_POSTPONED = 200;

export interface HandOutOptions {
  readonly listId: string;
  readonly agentId: string;
  readonly shownNumber: ShownNumber;
  /**
   * Whether to look first if anybody is due, as for an agent who waits until somebody is. That reads the ends of an index, where
   * the search for a contact passes all who wait for another time.
   */
  readonly looksFirst?: boolean;
}

export async function handOut(
  database: Database,
  { listId, agentId, shownNumber, looksFirst = false }: HandOutOptions,
): Promise<HandOutResult> {
  if (looksFirst) {
    const found = await nobody(database, listId, undefined);
    if (found.kind !== "nobody" || found.inMs !== 0) return found;
  }
  let reason: Reason | undefined;
  for (let tries = 0; tries < MOST_POSTPONED; tries += 1) {
    const [row] = await database.query<FactsRow>(
      LEASE_NEXT,
      [listId, agentId, LEASE_SECONDS, randomUUID()],
      "lease-next",
    );
    if (row === undefined) return nobody(database, listId, reason);
    const contact = readContactFacts(row);
    const { lease } = contact;
    const verdict = judgeContact(await contact.facts(shownNumber));
    if (verdict.allowed && lease !== undefined) return { kind: "contact", contact: { ...contact, lease } };
    if (verdict.allowed) continue;
    [reason] = verdict.reasons;
    await database.transaction(async (queries) => {
      if (await isStillHeld(queries, contact)) await applyVerdict(queries, contact, verdict);
    });
    // The agent's own settings don't get better with the next contact, nor with time.
    if (reason.rule === "shown-number") return { kind: "nobody", reason, nextAt: undefined, inMs: undefined };
  }
  return nobody(database, listId, reason);
}

const LEASE_NEXT = `
  update ${SCHEMA}.contact c
     set due_at = ${SCHEMA}.moment() + $3 * interval '1 second', lease = $4, leased_by = $2
    from ${SCHEMA}.list l
   where l.id = $1 and l.state = 'running' and c.id = (
     select id from ${SCHEMA}.contact
      where list_id = $1 and state = 'waiting' and due_at <= ${SCHEMA}.moment()
      order by turn, due_at
      limit 1
      for update skip locked)
  returning ${FACTS}`;

async function nobody(
  database: Database,
  listId: string,
  reason: Reason | undefined,
): Promise<HandOutResult> {
  const [row] = await database.query<{ state: string; now: Date; next_at: Date | number | null }>(
    NEXT_DUE,
    [listId],
    "next-due",
  );
  if (row?.state === "paused" || row?.state === "stopped") return { kind: row.state };
  if (row === undefined || row.next_at === null)
    return { kind: "nobody", reason, nextAt: undefined, inMs: undefined };
  // Minus infinity: there is somebody to look at, whom another agent is just getting, or whom the reason keeps back, too.
  const soonest = reason === undefined ? row.now : reason.until;
  const nextAt = row.next_at instanceof Date ? row.next_at : soonest;
  const inMs = nextAt && Math.max(0, nextAt.getTime() - row.now.getTime());
  return { kind: "nobody", reason, nextAt, inMs };
}

/** The index has the first one of each turn at hand, and turns are few: reading all who wait would take seconds. */
const NEXT_DUE = `
  with recursive first_of_turn as (
    (select turn, due_at from ${SCHEMA}.contact
      where list_id = $1 and state = 'waiting' order by turn, due_at limit 1)
    union all
    select next.turn, next.due_at
      from first_of_turn,
           lateral (select turn, due_at from ${SCHEMA}.contact
                     where list_id = $1 and state = 'waiting' and turn > first_of_turn.turn
                     order by turn, due_at limit 1) next
  )
  select state, ${SCHEMA}.moment() as now, (select min(due_at) from first_of_turn) as next_at
    from ${SCHEMA}.list where id = $1`;
