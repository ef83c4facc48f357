// What a list has come to.
import type { Queries } from "../database/database.js";
import { SCHEMA } from "../database/migrations.js";
import { loosened, readListRules } from "../lists/list-rules.js";
import type { List } from "../lists/lists.js";

export interface ListReport {
  readonly list: string;
  readonly state: List["state"];
  readonly contacts: {
    readonly total: number;
    /** Not called yet, or to be called again. */
    readonly waiting: number;
    readonly dialling: number;
    /** Somebody has to look at them. */
    readonly unknown: number;
    readonly done: number;
    /** Those that are done without being reached, by the rule that ended them. */
    readonly endedBy: Readonly<Record<string, number>>;
  };
  readonly attempts: {
    readonly total: number;
    readonly first: Date | undefined;
    readonly last: Date | undefined;
    /** How both parties talked, all calls together. */
    readonly talkSeconds: number;
    /** By why the call ended. */
    readonly causes: Readonly<Record<string, number>>;
    readonly dispositions: Readonly<Record<string, number>>;
  };
  readonly agents: readonly AgentReport[];
  /** A sentence for each rule that is looser than usual. */
  readonly loosenedRules: readonly string[];
  readonly retentionDays: number | undefined;
}

export interface AgentReport {
  readonly agent: string;
  readonly attempts: number;
  /** Calls that were answered, by a person or a mailbox. */
  readonly completed: number;
  readonly talkSeconds: number;
}

type Counts = readonly { readonly name: string; readonly count: number }[];

const record = (counts: Counts) => Object.fromEntries(counts.map(({ name, count }) => [name, count]));

export async function listReport(queries: Queries, list: List): Promise<ListReport> {
  const values = [list.id];
  const contacts = record(await queries.query(CONTACTS, values));
  const [all] = await queries.query<{ total: number; first: Date; last: Date; talk: number }>(
    ATTEMPTS,
    values,
  );
  const rules = await readListRules(queries, list.id);
  return {
    list: list.name,
    state: list.state,
    contacts: {
      total: Object.values(contacts).reduce((sum, count) => sum + count, 0),
      waiting: contacts.waiting ?? 0,
      dialling: contacts.dialling ?? 0,
      unknown: contacts.unknown ?? 0,
      done: contacts.done ?? 0,
      endedBy: record(await queries.query(ENDED_BY, values)),
    },
    attempts: {
      total: all?.total ?? 0,
      first: all?.first ?? undefined,
      last: all?.last ?? undefined,
      talkSeconds: all?.talk ?? 0,
      causes: record(await queries.query(CAUSES, values)),
      dispositions: record(await queries.query(DISPOSITIONS, values)),
    },
    agents: await queries.query<AgentRow>(AGENTS, values),
    loosenedRules: loosened(rules),
    retentionDays: rules.retentionDays,
  };
}

type AgentRow = { [Column in keyof AgentReport]: AgentReport[Column] };

const CONTACTS = `select state as name, count(*)::int from ${SCHEMA}.contact where list_id = $1 group by state`;

const ENDED_BY = `
  select done_because as name, count(*)::int from ${SCHEMA}.contact
   where list_id = $1 and state = 'done' and done_because is not null and done_because <> 'finished'
   group by 1 order by 2 desc, 1`;

/** What was surely not dialled is no attempt. */
const DIALLED = `from ${SCHEMA}.attempt a where a.list_id = $1 and a.state <> 'not-dialled'`;

const ATTEMPTS = `
  select count(*)::int as total, min(started_at) as first, max(started_at) as last,
         coalesce(sum(duration_seconds), 0)::int as talk ${DIALLED}`;

const CAUSES = `
  select coalesce(cause, 'running') as name, count(*)::int ${DIALLED} group by 1 order by 2 desc, 1`;

const DISPOSITIONS = `
  select disposition as name, count(*)::int ${DIALLED} and disposition is not null group by 1 order by 2 desc, 1`;

const AGENTS = `
  select coalesce(agent.name, '') as agent, count(*)::int as attempts,
         count(*) filter (where a.cause = 'completed')::int as completed,
         coalesce(sum(a.duration_seconds), 0)::int as "talkSeconds"
    from ${SCHEMA}.attempt a left join ${SCHEMA}.agent on agent.id = a.agent_id
   where a.list_id = $1 and a.state <> 'not-dialled'
   group by agent.id, agent.name order by 2 desc, 1`;
