// Contacts of a file become contacts of a list: all of them, or none.
import type { Database, Transaction } from "../database/database.js";
import { SCHEMA } from "../database/migrations.js";
import { readNumberSecret } from "../lists/account.js";
import { numberKey } from "../lists/number-key.js";
import type { Columns } from "./columns.js";
import { copyRow } from "./copy-text.js";
import { type CheckedContact, type ImportProblem, judgeContactRow } from "./judge-contact-row.js";
import { readContacts } from "./read-contacts.js";
import { openTextFile } from "./text-file.js";

export interface ImportOptions {
  readonly listId: string;
  /** For consents of which the file doesn't say what they are for. */
  readonly purpose: string;
  /** That numbers without a country code are dialled in, two letters. Default: `DE`. */
  readonly country?: string;
  /** Whether bad rows are left out. Otherwise nothing is imported if there are any. */
  readonly skipBad?: boolean;
  /** Only tells what would be imported. */
  readonly dryRun?: boolean;
  /** Is told of each row that isn't imported. */
  readonly onProblem?: (problem: ImportProblem) => void;
  /** Is told what the columns of a table are. */
  readonly onColumns?: (columns: Columns) => void;
}

export interface ImportResult {
  /** Whether the contacts are in the list. */
  readonly isImported: boolean;
  /** Contacts that are new in the list, or would be. */
  readonly contacts: number;
  /** Rows that can't be used. */
  readonly bad: number;
  /** Rows whose number is in the list already, or in an earlier row. */
  readonly duplicates: number;
  /** Rows whose number doesn't want to be called. */
  readonly objections: number;
}

/** Ends the transaction without a change. */
class NotImported extends Error {
  constructor(readonly result: ImportResult) {
    super("Nothing is imported.");
  }
}

/**
 * Imports a file with contacts, CSV or vCard, in one transaction.
 *
 * @throws ListsError if the file or the database can't be used; then nothing is imported
 */
export async function importContacts(
  database: Database,
  path: string,
  options: ImportOptions,
): Promise<ImportResult> {
  const file = await openTextFile(path);
  const secret = await readNumberSecret(database);
  try {
    return await database.transaction(async (transaction) => {
      // One import into a list at a time. Agents may work on it meanwhile.
      await transaction.query(
        "select pg_advisory_xact_lock(hashtextextended('sipgate-call-lists import ' || $1, 0))",
        [options.listId],
      );
      await transaction.query(STAGING);
      let bad = 0;
      const onBad = (problem: ImportProblem) => options.onProblem?.(problem);
      const rows = async function* () {
        for await (const found of readContacts(file, options.onColumns)) {
          let text = "";
          for (const contact of found) {
            const judged = await judgeContactRow(contact, options.country ?? "DE");
            if ("number" in judged) text += stagedRow(judged, secret, options.purpose);
            else {
              bad += 1;
              judged.forEach(onBad);
            }
          }
          if (text !== "") yield text;
        }
      };
      await transaction.copyInto("staged_contact", rows());
      const result = { ...(await insertStaged(transaction, options)), bad };
      const isImported = options.dryRun !== true && (bad === 0 || options.skipBad === true);
      if (!isImported) throw new NotImported({ ...result, isImported });
      return { ...result, isImported };
    });
  } catch (error) {
    if (error instanceof NotImported) return error.result;
    throw error;
  }
}

const STAGING = `
  create temporary table staged_contact (
    line integer not null, number text not null, number_key bytea not null, name text, company text, notes text,
    extra text, region text, time_zone text, priority smallint not null, call_back_at timestamptz,
    consent_at timestamptz, consent_how text, consent_purpose text, consent_words text
  ) on commit drop`;

function stagedRow(contact: CheckedContact, secret: string, purpose: string): string {
  const { line, number, name, company, notes, extra, state, timeZone, priority, callBackAt, consent } =
    contact;
  return copyRow([
    line,
    number,
    numberKey(secret, number),
    name || null,
    company || null,
    notes || null,
    Object.keys(extra).length === 0 ? null : JSON.stringify(extra).replaceAll("\\u0000", ""),
    state,
    timeZone,
    priority,
    callBackAt,
    consent?.givenAt,
    consent?.how,
    consent && (consent.purpose || purpose),
    consent?.words,
  ]);
}

async function insertStaged(
  transaction: Transaction,
  { listId, onProblem = () => {} }: ImportOptions,
): Promise<Pick<ImportResult, "contacts" | "duplicates" | "objections">> {
  let objections = 0;
  for await (const { line } of readLines(transaction, OBJECTING)) {
    objections += 1;
    onProblem({ line, code: "do-not-call", message: "This number doesn't want to be called." });
  }
  if (objections > 0) await transaction.query(WITHOUT_OBJECTING);
  await transaction.query(CONSENTS);
  await transaction.query(WITH_CONSENT);
  const [before] = await transaction.query<{ id: string }>(
    `select coalesce(max(id), 0)::text as id from ${SCHEMA}.contact`,
  );
  const [counted] = await transaction.query<{ staged: number; inserted: number }>(INSERT, [listId]);
  const { staged = 0, inserted = 0 } = counted ?? {};
  if (staged > inserted)
    for await (const { line, first } of readLines(transaction, DUPLICATES, [listId, before?.id ?? "0"]))
      onProblem({ line, code: "duplicate", message: duplicateInWords(first) });
  return { contacts: inserted, duplicates: staged - inserted, objections };
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
   where s.consent_at is not null and c.number_key = s.number_key and c.state = 'done' and c.done_because = 'consent'`;

const INSERT = `
  with inserted as (
    insert into ${SCHEMA}.contact
           (list_id, number, number_key, name, company, notes, extra, region, time_zone, priority, call_back_at, created_at)
    select $1, number, number_key, name, company, notes, extra::jsonb, region, time_zone, priority, call_back_at,
           ${SCHEMA}.moment()
      from staged_contact order by line
        on conflict do nothing
    returning 1
  )
  select (select count(*)::int from staged_contact) as staged, (select count(*)::int from inserted) as inserted`;

const DUPLICATES = `
  select line, null::integer as first from staged_contact s
    join ${SCHEMA}.contact c on c.list_id = $1 and c.number = s.number and c.id <= $2
   union all
  select line, first from (
    select line, number, first_value(line) over (partition by number order by line) as first from staged_contact) s
   where line <> first and not exists (
     select from ${SCHEMA}.contact c where c.list_id = $1 and c.number = s.number and c.id <= $2)
   order by line`;
