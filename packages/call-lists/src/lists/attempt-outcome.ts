// What became of a contact that was marked as being dialled.
import type { Database, Queries } from "../database/database.js";
import { SCHEMA } from "../database/migrations.js";
import { ListsError } from "../lists-error.js";
import { lockAccount, slowDown } from "./account.js";
import type { HandedOut } from "./hand-out.js";
import { ALIVE_SECONDS } from "./mark-dialling.js";
import { settleContact } from "./settle-contact.js";

export interface AttemptEnd {
  /** `ended`: the call is over. `unknown`: it isn't known what became of it, so a person has to look. */
  readonly state: "ended" | "unknown";
  readonly cause: string | undefined;
  readonly party: string | undefined;
  readonly durationSeconds: number | undefined;
  readonly error: string | undefined;
}

/** Sends a heartbeat, and notes the call's id once it's known. */
export async function noteAlive(
  queries: Queries,
  attemptId: string,
  callId: string | undefined,
): Promise<void> {
  await queries.query(
    `update ${SCHEMA}.attempt
        set alive_until = ${SCHEMA}.moment() + $2 * interval '1 second', call_id = coalesce($3, call_id)
      where id = $1 and state = 'dialling'`,
    [attemptId, ALIVE_SECONDS, callId ?? null],
    "note-alive",
  );
}

/**
 * Allows sending the request that rings phones, as of the transaction's end. For a while nobody takes the attempt for
 * vanished.
 *
 * @throws ListsError if the attempt isn't open any more: nothing may be sent
 */
export async function claimAttempt(queries: Queries, attemptId: string): Promise<void> {
  const open = await queries.query(
    `update ${SCHEMA}.attempt set alive_until = ${SCHEMA}.moment() + $2 * interval '1 second'
      where id = $1 and state = 'dialling' returning id`,
    [attemptId, ALIVE_SECONDS],
    "claim-attempt",
  );
  if (open.length === 0)
    throw new ListsError(
      "not-open",
      "It took too long to begin: the contact is in a person's hands.",
      "Look at those that are unknown: sipgate-call-lists unknown",
    );
}

/** Attempts that a process may still tell the outcome of: a person hasn't looked at them. */
const OPEN = "(state = 'dialling' or (state = 'unknown' and reviewed_at is null))";

/**
 * Notes how an attempt ended, puts the contact where it belongs, and the event on its way. A second time changes nothing.
 *
 * @returns whether it was noted; not if a person was faster
 */
export function finishAttempt(database: Database, attemptId: string, end: AttemptEnd): Promise<boolean> {
  return database.transaction(async (queries) => {
    const [row] = await queries.query<{ contact_id: string | null }>(
      `update ${SCHEMA}.attempt
          set state = $2, cause = $3, party = $4, duration_seconds = $5, error = $6, ended_at = ${SCHEMA}.moment()
        where id = $1 and ${OPEN}
        returning contact_id`,
      [
        attemptId,
        end.state,
        end.cause ?? null,
        end.party ?? null,
        end.durationSeconds ?? null,
        end.error ?? null,
      ],
      "finish-attempt",
    );
    if (row === undefined) return false;
    if (row.contact_id !== null) await settleContact(queries, row.contact_id);
    await queueEvent(queries, attemptId, "call");
    return true;
  });
}

/** What happens to a contact of which surely nothing was dialled. */
export type Undialled =
  /** The agent keeps it, for another try within so many seconds. sipgate places no calls for some seconds. */
  | { readonly kind: "kept"; readonly leaseSeconds: number; readonly slowDownSeconds: number }
  /** Somebody gets it after so many seconds. */
  | { readonly kind: "later"; readonly seconds: number }
  /** It can't be dialled at all. */
  | { readonly kind: "never" };

/** Takes the mark back: surely nothing was dialled. It doesn't count as an attempt. */
export function undoMark(
  database: Database,
  attemptId: string,
  { lease }: Pick<HandedOut, "lease">,
  error: string,
  then: Undialled,
): Promise<void> {
  return database.transaction(async (queries) => {
    await lockAccount(queries);
    const [row] = await queries.query<{ contact_id: string | null }>(
      `update ${SCHEMA}.attempt set state = 'not-dialled', error = $2, ended_at = ${SCHEMA}.moment()
        where id = $1 and ${OPEN}
        returning contact_id`,
      [attemptId, error],
    );
    if (then.kind === "kept") await slowDown(queries, then.slowDownSeconds);
    if (row === undefined) return;
    const seconds = then.kind === "kept" ? then.leaseSeconds : then.kind === "later" ? then.seconds : 0;
    await queries.query(
      `update ${SCHEMA}.contact
          set state = $2, done_because = $3, lease = $4, due_at = ${SCHEMA}.moment() + $5 * interval '1 second'
        where id = $1 and state in ('dialling', 'unknown')`,
      [
        row.contact_id,
        then.kind === "never" ? "done" : "waiting",
        then.kind === "never" ? "cannot-be-dialled" : null,
        then.kind === "kept" ? lease : null,
        seconds,
      ],
    );
  });
}

/**
 * Attempts whose process has sent no heartbeat: it isn't known what became of them, so a person has to look.
 *
 * @returns how many
 */
export function findVanished(database: Database): Promise<number> {
  return database.transaction(async (queries) => {
    const vanished = await queries.query<{ id: string; contact_id: string | null }>(
      `update ${SCHEMA}.attempt
          set state = 'unknown', cause = 'unknown', error = 'The program that placed the call has vanished.'
        where id in (select id from ${SCHEMA}.attempt
                      where state = 'dialling' and alive_until < ${SCHEMA}.moment()
                        for update skip locked)
        returning id, contact_id`,
      [],
      "find-vanished",
    );
    for (const { id, contact_id: contactId } of vanished) {
      if (contactId !== null)
        await queries.query(
          `update ${SCHEMA}.contact set state = 'unknown' where id = $1 and state = 'dialling'`,
          [contactId],
        );
      await queueEvent(queries, id, "call");
    }
    return vanished.length;
  });
}

/** Puts what is known of an attempt on its way to the list's URL, if it has one. */
export async function queueEvent(
  queries: Queries,
  attemptId: string,
  type: "call" | "disposition",
): Promise<void> {
  await queries.query(QUEUE_EVENT, [attemptId, type], "queue-event");
}

const QUEUE_EVENT = `
  insert into ${SCHEMA}.outbox (list_id, attempt_id, type, body, created_at, due_at)
  select a.list_id, a.id, $2,
         jsonb_build_object(
           'list', l.name, 'attemptId', a.id, 'contactId', c.id, 'number', c.number, 'name', c.name,
           'agent', agent.name, 'startedAt', a.started_at, 'endedAt', a.ended_at, 'callId', a.call_id,
           'outcome', a.state, 'cause', a.cause, 'party', a.party, 'durationSeconds', a.duration_seconds,
           'disposition', a.disposition, 'note', a.note),
         ${SCHEMA}.moment(), ${SCHEMA}.moment()
    from ${SCHEMA}.attempt a
    join ${SCHEMA}.list l on l.id = a.list_id
    left join ${SCHEMA}.contact c on c.id = a.contact_id
    left join ${SCHEMA}.agent on agent.id = a.agent_id
   where a.id = $1 and l.webhook_url is not null`;
