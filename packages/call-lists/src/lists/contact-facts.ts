// A contact, and everything that the rules judge of it, read by one statement.

import type { Row } from "../database/database.js";
import { SCHEMA } from "../database/migrations.js";
import { ListsError } from "../lists-error.js";
import { checkChanges } from "../rules/check-settings.js";
import { isState } from "../rules/german-states.js";
import { type ListSettings, withDefaults } from "../rules/list-settings.js";
import { placeOf } from "../rules/place-of.js";
import type { Attempt, Consent, Disposition, Facts, ShownNumber } from "../rules/rules.js";

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
  /** Whether it can be handed out: it waits for its turn, or the lease is over. */
  readonly isDue: boolean;
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
 * The column that `readContactFacts` takes, of a contact `c` and its list `l`. One of JSON: the driver takes longer for each
 * column than the database for all of them. An array: with names, it takes both twice as long.
 */
export const FACTS = `
  json_build_array(
    c.id::text, c.number, c.name, c.company, c.notes, c.extra, c.region, c.time_zone, c.priority, c.state,
    c.lease, c.due_at, c.call_back_at, ${SCHEMA}.moment(),
    l.id::text, l.name, l.state, l.caller_id, l.rules::text,
    exists (select from ${SCHEMA}.do_not_call d where d.number_key = c.number_key),
    array(select given_at from ${SCHEMA}.consent where number_key = c.number_key),
    case when exists (select from ${SCHEMA}.attempt a where a.number_key = c.number_key)
         then ${SCHEMA}.attempts_on(c.number_key, c.list_id) end) as facts`;

/** A row with `FACTS`. */
export interface FactsRow extends Row {
  readonly facts: readonly [
    id: string,
    number: string,
    name: string | null,
    company: string | null,
    notes: string | null,
    extra: Readonly<Record<string, string>> | null,
    region: string | null,
    timeZone: string | null,
    priority: number,
    state: string,
    lease: string | null,
    dueAt: string,
    callBackAt: string | null,
    now: string,
    listId: string,
    listName: string,
    listState: string,
    callerId: string | null,
    /** JSON. */
    rules: string,
    doNotCall: boolean,
    consents: readonly string[],
    attempts: readonly AttemptRow[] | null,
  ];
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

const LONG_AGO = new Date(0);

export function readContactFacts({ facts }: FactsRow): ContactFacts {
  const [
    id,
    number,
    name,
    company,
    notes,
    extra,
    region,
    timeZone,
    priority,
    state,
    lease,
    dueAtText,
    callBackAtText,
    nowText,
    listId,
    listName,
    listState,
    callerId,
    rules,
    doNotCall,
    consents,
    earlier,
  ] = facts;
  const attempts = earlier?.map(attemptOf) ?? [];
  const settings = settingsOf(rules, listName);
  const now = new Date(nowText);
  const dueAt = dueAtText === "-infinity" ? LONG_AGO : new Date(dueAtText);
  const callBackAt = callBackAtText === null ? undefined : new Date(callBackAtText);
  return {
    contact: {
      id,
      number,
      name: name ?? undefined,
      company: company ?? undefined,
      notes: notes ?? undefined,
      extra: extra ?? {},
      priority,
      callBackAt,
    },
    state,
    lease: lease ?? undefined,
    leaseUntil: dueAt,
    isDue: dueAt <= now,
    list: { id: listId, name: listName, state: listState, callerId: callerId ?? undefined, settings },
    attempts,
    facts: async (shownNumber) => ({
      now,
      callee: {
        number,
        place: await placeOf(number, {
          state: region !== null && isState(region) ? region : undefined,
          timeZone: timeZone ?? undefined,
        }),
        doNotCall,
        consent: consentOf(consents, now),
        callBackAt,
      },
      attempts,
      settings,
      agent: {},
      shownNumber,
    }),
  };
}

/** The newest one that has been given by now, or else the next one. */
function consentOf(consents: readonly string[], now: Date): Consent | undefined {
  const times = consents.map((givenAt) => Date.parse(givenAt));
  const given = times.filter((time) => time <= now.getTime());
  if (times.length === 0) return undefined;
  return { givenAt: new Date(given.length > 0 ? Math.max(...given) : Math.min(...times)) };
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

/** Contacts of the same list come one after another, with the same rules. */
const known = new Map<string, ListSettings>();
const MOST_KEPT = 100;

/** Rules were checked before they were stored; a person may have changed them by hand. */
function settingsOf(rules: string, list: string): ListSettings {
  try {
    const settings = known.get(rules) ?? withDefaults(checkChanges(JSON.parse(rules)));
    if (known.size >= MOST_KEPT) known.clear();
    known.set(rules, settings);
    return settings;
  } catch (error) {
    throw new ListsError(
      "database-failed",
      `The rules of the list ${list} can't be used: ${error instanceof Error ? error.message : ""}`,
      "Set them again: sipgate-call-lists rules",
    );
  }
}
