// A contact, and everything that the rules judge of it, read by one statement.

import type { Row } from "../database/database.js";
import { SCHEMA } from "../database/migrations.js";
import { ListsError } from "../lists-error.js";
import { checkChanges } from "../rules/check-settings.js";
import { isState } from "../rules/german-states.js";
import { type ListSettings, withDefaults } from "../rules/list-settings.js";
import { placeOf } from "../rules/place-of.js";
import type { Attempt, Disposition, Facts, ShownNumber } from "../rules/rules.js";

/** Somebody to call. */
export interface Contact {
  readonly id: string;
  /** E.164. */
  readonly number: string;
  readonly name: string | undefined;
  readonly company: string | undefined;
  readonly notes: string | undefined;
  /** Whatever else the file had, by column. */
  readonly extra: Readonly<Record<string, string>>;
  readonly priority: number;
  /** When they asked to be called. */
  readonly callBackAt: Date | undefined;
}

/** An earlier attempt, as an agent sees it. */
export interface EarlierAttempt extends Attempt {
  readonly note: string | undefined;
  readonly agent: string | undefined;
}

export interface ContactFacts {
  readonly contact: Contact;
  readonly state: string;
  /** Undefined if nobody has it. */
  readonly lease: string | undefined;
  readonly leaseUntil: Date;
  readonly numberKey: Buffer;
  readonly list: {
    readonly id: string;
    readonly name: string;
    readonly state: string;
    readonly callerId: string | undefined;
    readonly settings: ListSettings;
  };
  readonly attempts: readonly EarlierAttempt[];
  /** What the rules judge, for an agent who waits. */
  facts(shownNumber: ShownNumber): Promise<Facts>;
}

/**
 * The columns that `readContactFacts` takes, of a contact `c` and its list `l`. Attempts of other lists count for a week, and
 * a day's margin.
 */
export const FACTS = `
  c.id, c.number, c.number_key, c.name, c.company, c.notes, c.extra, c.region, c.time_zone, c.priority, c.state,
  c.lease, c.due_at, c.call_back_at, ${SCHEMA}.moment() as now,
  l.id as list_id, l.name as list_name, l.state as list_state, l.caller_id, l.rules,
  exists (select from ${SCHEMA}.do_not_call d where d.number_key = c.number_key) as do_not_call,
  (select coalesce(max(given_at) filter (where given_at <= ${SCHEMA}.moment()), min(given_at))
     from ${SCHEMA}.consent where number_key = c.number_key) as consent_given_at,
  (select json_agg(json_build_object(
            'at', a.started_at, 'ofThisList', a.list_id = c.list_id, 'state', a.state, 'cause', a.cause,
            'disposition', d.name, 'effect', d.effect, 'reviewed', a.reviewed_at is not null,
            'note', a.note, 'agent', agent.name) order by a.started_at)
     from ${SCHEMA}.attempt a
     left join ${SCHEMA}.disposition d on d.list_id = a.list_id and d.name = a.disposition
     left join ${SCHEMA}.agent on agent.id = a.agent_id
    where a.number_key = c.number_key and a.state <> 'not-dialled'
      and (a.list_id = c.list_id or a.started_at > ${SCHEMA}.moment() - interval '8 days')) as attempts`;

/** A row with the columns of `FACTS`. */
export interface FactsRow extends Row {
  readonly id: string;
  readonly number: string;
  readonly number_key: Buffer;
  readonly name: string | null;
  readonly company: string | null;
  readonly notes: string | null;
  readonly extra: Readonly<Record<string, string>> | null;
  readonly region: string | null;
  readonly time_zone: string | null;
  readonly priority: number;
  readonly state: string;
  readonly lease: string | null;
  readonly due_at: Date;
  readonly call_back_at: Date | null;
  readonly now: Date;
  readonly list_id: string;
  readonly list_name: string;
  readonly list_state: string;
  readonly caller_id: string | null;
  readonly rules: unknown;
  readonly do_not_call: boolean;
  readonly consent_given_at: Date | null;
  readonly attempts: readonly AttemptRow[] | null;
}

interface AttemptRow {
  readonly at: string;
  readonly ofThisList: boolean;
  readonly state: "dialling" | "ended" | "unknown";
  readonly cause: Attempt["cause"] | null;
  readonly disposition: string | null;
  readonly effect: Disposition["effect"] | null;
  readonly reviewed: boolean;
  readonly note: string | null;
  readonly agent: string | null;
}

export function readContactFacts(row: FactsRow): ContactFacts {
  const attempts = (row.attempts ?? []).map(attemptOf);
  const settings = settingsOf(row);
  return {
    contact: {
      id: row.id,
      number: row.number,
      name: row.name ?? undefined,
      company: row.company ?? undefined,
      notes: row.notes ?? undefined,
      extra: row.extra ?? {},
      priority: row.priority,
      callBackAt: row.call_back_at ?? undefined,
    },
    state: row.state,
    lease: row.lease ?? undefined,
    leaseUntil: row.due_at,
    numberKey: row.number_key,
    list: {
      id: row.list_id,
      name: row.list_name,
      state: row.list_state,
      callerId: row.caller_id ?? undefined,
      settings,
    },
    attempts,
    facts: async (shownNumber) => ({
      now: row.now,
      callee: {
        number: row.number,
        place: await placeOf(row.number, {
          state: row.region !== null && isState(row.region) ? row.region : undefined,
          timeZone: row.time_zone ?? undefined,
        }),
        doNotCall: row.do_not_call,
        consent: row.consent_given_at === null ? undefined : { givenAt: row.consent_given_at },
        callBackAt: row.call_back_at ?? undefined,
      },
      attempts,
      settings,
      agent: {},
      shownNumber,
    }),
  };
}

function attemptOf(row: AttemptRow): EarlierAttempt {
  const { disposition: name, effect } = row;
  return {
    at: new Date(row.at),
    ofThisList: row.ofThisList,
    cause: row.state === "dialling" ? "running" : (row.cause ?? "unknown"),
    disposition: name === null || effect === null ? undefined : { name, effect },
    reviewed: row.reviewed,
    note: row.note ?? undefined,
    agent: row.agent ?? undefined,
  };
}

/** Rules were checked before they were stored; a person may have changed them by hand. */
function settingsOf({ rules, list_name: list }: FactsRow): ListSettings {
  try {
    return withDefaults(checkChanges(rules));
  } catch (error) {
    throw new ListsError(
      "database-failed",
      `The rules of the list ${list} can't be used: ${error instanceof Error ? error.message : ""}`,
      "Set them again: sipgate-call-lists rules",
    );
  }
}
