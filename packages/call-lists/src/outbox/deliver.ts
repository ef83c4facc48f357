// Delivers events to the URL of their list: at least once, again and again until they are taken. An event's id stays
// the same, so the receiver can tell a second delivery from a second event.
import type { Database } from "../database/database.js";
import { SCHEMA } from "../database/migrations.js";
import { signedHeaders } from "./signature.js";

/** Seconds that a delivery may take. Afterwards another process may try. */
const LEASE_SECONDS = 60;
const TIMEOUT_MS = 15_000;
const AT_ONCE = 10;
/** Seconds until the second try; each further pause is twice as long, up to the longest. */
const FIRST_PAUSE = 10;
const LONGEST_PAUSE = 3_600;

interface Event {
  readonly [column: string]: unknown;
  readonly id: string;
  readonly type: string;
  readonly body: Readonly<Record<string, unknown>>;
  readonly created_at: Date;
  readonly now: Date;
  readonly tries: number;
  readonly url: string;
  readonly secret: string;
}

/** Tries all events that are due, once. @returns how many were taken, and how many have to be tried again */
export async function deliverDue(database: Database): Promise<{ taken: number; failed: number }> {
  const total = { taken: 0, failed: 0 };
  for (;;) {
    const events = await database.query<Event>(LEASE_EVENTS, [AT_ONCE, LEASE_SECONDS], "lease-events");
    if (events.length === 0) return total;
    const problems = await Promise.all(events.map((event) => deliver(database, event)));
    total.failed += problems.filter((problem) => problem !== undefined).length;
    total.taken += problems.filter((problem) => problem === undefined).length;
  }
}

const LEASE_EVENTS = `
  with due as (
    select o.id from ${SCHEMA}.outbox o join ${SCHEMA}.list l on l.id = o.list_id
     where o.taken_at is null and o.due_at <= ${SCHEMA}.moment() and l.webhook_url is not null
     order by o.due_at limit $1 for update of o skip locked
  )
  update ${SCHEMA}.outbox o set due_at = ${SCHEMA}.moment() + $2 * interval '1 second', tries = tries + 1
    from due, ${SCHEMA}.list l
   where o.id = due.id and l.id = o.list_id
  returning o.id, o.type, o.body, o.created_at, ${SCHEMA}.moment() as now, o.tries,
            l.webhook_url as url, l.webhook_secret as secret`;

/** @returns what went wrong */
async function deliver(database: Database, event: Event): Promise<string | undefined> {
  const problem = await post(event);
  if (problem === undefined)
    await database.query(`update ${SCHEMA}.outbox set taken_at = ${SCHEMA}.moment() where id = $1`, [
      event.id,
    ]);
  else
    await database.query(
      `update ${SCHEMA}.outbox set due_at = ${SCHEMA}.moment() + $2 * interval '1 second', last_problem = $3
        where id = $1`,
      [event.id, Math.min(LONGEST_PAUSE, FIRST_PAUSE * 2 ** (event.tries - 1)), problem],
    );
  return problem;
}

async function post({
  id,
  type,
  body,
  created_at: createdAt,
  now,
  url,
  secret,
}: Event): Promise<string | undefined> {
  const text = JSON.stringify({ id, type, createdAt, ...body });
  try {
    const response = await fetch(url, {
      method: "POST",
      headers: signedHeaders(secret, id, Math.floor(now.getTime() / 1_000), text),
      body: text,
      // The receiver is who the team has named, and nobody else.
      redirect: "manual",
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    await response.body?.cancel();
    return response.ok ? undefined : `HTTP ${response.status}`;
  } catch (error) {
    const { cause } = error instanceof Error ? error : new Error();
    const code = cause instanceof Error && "code" in cause ? String(cause.code) : "";
    return code || (error instanceof Error ? error.name : "failed");
  }
}
