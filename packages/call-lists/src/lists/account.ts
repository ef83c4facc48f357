// The one row of the account: how many calls it may place, over all machines. A process that is about to place one locks it first.
import type { Queries } from "../database/database.js";
import { SCHEMA } from "../database/migrations.js";

/** How many calls the account places at most. */
export interface CallRates {
  readonly aSecond: number;
  /** Running at the same time. */
  readonly atOnce: number;
  /** In any 24 hours. */
  readonly aDay: number;
}

/** Why no call may start now, for whichever contact. */
export interface RateReason {
  readonly rule: "calls-a-second" | "calls-at-once" | "calls-a-day";
  readonly message: string;
  /** When it's worth another try, and in how many milliseconds that is. */
  readonly until: Date;
  readonly inMs: number;
}

/** Locks the row until the transaction ends. Every change that a call's start depends on is made under this lock. */
export async function lockAccount(queries: Queries): Promise<void> {
  await queries.query(`select from ${SCHEMA}.account for update`, [], "lock-account");
}

interface AccountRow {
  readonly [column: string]: unknown;
  readonly now: Date;
  readonly next_call_at: Date | number;
  readonly calls_at_once: number;
  readonly calls_per_day: number;
  readonly running: number;
  readonly today: number;
  readonly oldest_today: Date | null;
}

/** Whether the account may place a call now. The row is locked. */
export async function rateReason(queries: Queries): Promise<RateReason | undefined> {
  const [row] = await queries.query<AccountRow>(READ, [], "account-rates");
  if (row === undefined) throw new Error("The table account is empty.");
  const { now, next_call_at: next } = row;
  const reason = (rule: RateReason["rule"], until: Date, message: string): RateReason => ({
    rule,
    message,
    until,
    inMs: until.getTime() - now.getTime(),
  });
  if (next instanceof Date && next > now)
    return reason("calls-a-second", next, "The account may place its next call in a moment.");
  if (row.running >= row.calls_at_once)
    return reason(
      "calls-at-once",
      new Date(now.getTime() + 2_000),
      `${row.running} calls of the account are running, and no more are allowed at once.`,
    );
  if (row.today >= row.calls_per_day)
    return reason(
      "calls-a-day",
      new Date((row.oldest_today ?? now).getTime() + DAY_MS),
      `The account has placed ${row.today} calls in 24 hours, and no more are allowed.`,
    );
  return undefined;
}

const DAY_MS = 24 * 60 * 60 * 1_000;

const READ = `
  select ${SCHEMA}.moment() as now, next_call_at, calls_at_once, calls_per_day,
         (select count(*)::int from ${SCHEMA}.attempt where state = 'dialling') as running,
         today.count as today, today.oldest as oldest_today
    from ${SCHEMA}.account,
         lateral (select count(*)::int as count, min(started_at) as oldest from ${SCHEMA}.attempt
                   where started_at > ${SCHEMA}.moment() - interval '1 day' and state <> 'not-dialled') today`;

/** Says from when on the next call may start. The row is locked. */
export async function noteCallStarts(queries: Queries): Promise<void> {
  await queries.query(
    `update ${SCHEMA}.account
        set next_call_at = ${SCHEMA}.moment() + interval '1 second' / calls_per_second::double precision`,
    [],
    "call-starts",
  );
}

/** sipgate has refused a call because there were too many: nobody places one for a while. */
export async function slowDown(queries: Queries, seconds: number): Promise<void> {
  await queries.query(
    `update ${SCHEMA}.account
        set next_call_at = greatest(next_call_at, ${SCHEMA}.moment() + $1 * interval '1 second')`,
    [seconds],
  );
}

export async function readCallRates(queries: Queries): Promise<CallRates> {
  const [row] = await queries.query<{ second: string; once: number; day: number }>(
    `select calls_per_second as second, calls_at_once as once, calls_per_day as day from ${SCHEMA}.account`,
  );
  return { aSecond: Number(row?.second), atOnce: row?.once ?? 0, aDay: row?.day ?? 0 };
}

export async function setCallRates(queries: Queries, { aSecond, atOnce, aDay }: CallRates): Promise<void> {
  await queries.query(
    `update ${SCHEMA}.account set calls_per_second = $1, calls_at_once = $2, calls_per_day = $3`,
    [aSecond, atOnce, aDay],
  );
}

/** The secret of the hashes that stay of deleted numbers. */
export async function readNumberSecret(queries: Queries): Promise<string> {
  const [row] = await queries.query<{ number_secret: string }>(`select number_secret from ${SCHEMA}.account`);
  if (row === undefined) throw new Error("The table account is empty.");
  return row.number_secret;
}
