// From judged rows to contacts of a list: through COPY into a temporary table, some thousand rows at a time.
import type { Transaction } from "../database/database.js";
import { SCHEMA } from "../database/migrations.js";
import type { ImportProblem } from "./judge-contact-row.js";

export interface Staging {
  /**
   * Begins to write rows, once those before them are written. The next ones can be judged meanwhile.
   *
   * @param text rows in the text format of COPY, with all columns of `staged_contact` but the first
   */
  add(text: string): Promise<void>;
  /** Waits until all are written. */
  end(): Promise<StagingResult>;
  /** Waits until nothing is being written, whether it fails or not: the transaction mustn't end before. */
  settle(): Promise<void>;
}

export interface StagingResult {
  /** New in the list. */
  readonly contacts: number;
  readonly duplicates: number;
  readonly objections: number;
}

/** The temporary tables end with the transaction. */
export async function openStaging(
  transaction: Transaction,
  listId: string,
  onProblem: (problem: ImportProblem) => void,
): Promise<Staging> {
  await transaction.query(TABLES);
  const [before] = await transaction.query<{ id: string }>(
    `select coalesce(max(id), 0)::text as id from ${SCHEMA}.contact`,
  );
  let staged = 0;
  let contacts = 0;
  let objections = 0;
  let writing = Promise.resolve();

  const write = async (text: string) => {
    await transaction.query("truncate staged_contact");
    await transaction.copyInto(`staged_contact (${COLUMNS})`, once(text));
    let objecting = 0;
    for await (const { line } of readLines(transaction, OBJECTING)) {
      objecting += 1;
      onProblem({ line, code: "do-not-call", message: "This number doesn't want to be called." });
    }
    if (objecting > 0) await transaction.query(WITHOUT_OBJECTING);
    objections += objecting;
    await transaction.query(CONSENTS);
    await transaction.query(WITH_CONSENT);
    const [counted] = await transaction.query<{ staged: number; inserted: number }>(INSERT, [listId]);
    staged += counted?.staged ?? 0;
    contacts += counted?.inserted ?? 0;
  };

  const add = async (text: string) => {
    await writing;
    writing = write(text);
    writing.catch(() => {}); // Adding next, or ending, reports it.
  };

  return {
    add,
    settle: () => writing.catch(() => {}),
    async end() {
      await writing;
      if (staged > contacts)
        for await (const { line, first } of readLines(transaction, DUPLICATES, [listId, before?.id ?? "0"]))
          onProblem({ line, code: "duplicate", message: duplicateInWords(first) });
      return { contacts, duplicates: staged - contacts, objections };
    },
  };
}

async function* once(text: string): AsyncGenerator<string> {
  yield text;
}

function duplicateInWords(first: number | null): string {
  return first === null ? "The list has this number already." : `Line ${first} has this number already.`;
}

interface Line {
  readonly [column: string]: unknown;
  readonly line: number;
  /** The line that has the same number. Null: none of this file. */
  readonly first: number | null;
}

/** There may be a million. */
async function* readLines(
  transaction: Transaction,
  select: string,
  values: readonly string[] = [],
): AsyncGenerator<Line> {
  await transaction.query(`declare lines no scroll cursor for ${select}`, values);
  for (;;) {
    const lines = await transaction.query<Line>("fetch 10000 from lines");
    if (lines.length === 0) break;
    yield* lines;
  }
  await transaction.query("close lines");
}

const TABLES = `
  create temporary table staged_contact (
    id bigint not null default nextval('${SCHEMA}.contact_id_seq'), line integer not null, number text not null, number_key bytea not null, name text, company text, notes text,
    extra text, region text, time_zone text, priority smallint not null, call_back_at timestamptz,
    consent_at timestamptz, consent_how text, consent_purpose text, consent_words text
  ) on commit drop;
  create temporary table staged_line (line integer, number text) on commit drop`;

const COLUMNS = `line, number, number_key, name, company, notes, extra, region, time_zone, priority, call_back_at,
  consent_at, consent_how, consent_purpose, consent_words`;

const OBJECTING = `
  select line, null::integer as first from staged_contact s
    join ${SCHEMA}.do_not_call d on d.number_key = s.number_key order by line`;

const WITHOUT_OBJECTING = `
  delete from staged_contact s using ${SCHEMA}.do_not_call d where d.number_key = s.number_key`;

const CONSENTS = `
  insert into ${SCHEMA}.consent (number, number_key, given_at, how, purpose, words, created_at)
  select number, number_key, consent_at, consent_how, consent_purpose, consent_words, ${SCHEMA}.moment()
    from staged_contact where consent_at is not null
      on conflict do nothing`;

/** Contacts of any list that have waited for nothing but the consent. */
const WITH_CONSENT = `
  update ${SCHEMA}.contact c set state = 'waiting', due_at = '-infinity', done_because = null
    from staged_contact s
    join ${SCHEMA}.listed_number n on n.number_key = s.number_key
   where s.consent_at is not null and c.id = n.contact_id and c.state = 'done' and c.done_because = 'consent'`;

const INSERT = `
  with lines as (
    insert into staged_line select line, number from staged_contact returning 1
  ), listed as (
    insert into ${SCHEMA}.listed_number (number_key, list_id, contact_id)
    select number_key, $1, id from staged_contact order by number_key, id
        on conflict do nothing
    returning contact_id
  ), inserted as (
    insert into ${SCHEMA}.contact
           (id, list_id, number, number_key, name, company, notes, extra, region, time_zone, priority, call_back_at, turn,
            created_at)
    select id, $1, number, number_key, name, company, notes, extra::jsonb, region, time_zone, priority, call_back_at,
           ${SCHEMA}.turn(priority, call_back_at), ${SCHEMA}.moment()
      from staged_contact join listed on contact_id = id order by id
    returning 1
  )
  select (select count(*)::int from lines) as staged, (select count(*)::int from inserted) as inserted`;

const DUPLICATES = `
  select line, null::integer as first from staged_line s
    join ${SCHEMA}.contact c on c.list_id = $1 and c.number = s.number and c.id <= $2
   union all
  select line, first from (
    select line, number, first_value(line) over (partition by number order by line) as first from staged_line) s
   where line <> first and not exists (
     select from ${SCHEMA}.contact c where c.list_id = $1 and c.number = s.number and c.id <= $2)
   order by line`;
