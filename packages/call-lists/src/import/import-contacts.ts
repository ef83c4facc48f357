// Contacts of a file become contacts of a list: all of them, or none.
import type { Database, Transaction } from "../database/database.js";
import { SCHEMA } from "../database/migrations.js";
import { readNumberSecret } from "../lists/account.js";
import { numberKey } from "../lists/number-key.js";
import type { Columns } from "./columns.js";
import { copyRow } from "./copy-text.js";
import { type CheckedContact, type ImportProblem, judgeContactRow } from "./judge-contact-row.js";
import { readContacts } from "./read-contacts.js";
import { openStaging, type Staging } from "./staging.js";
import { openTextFile, type TextFile } from "./text-file.js";

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
  const { onProblem = () => {} } = options;
  try {
    return await database.transaction(async (transaction) => {
      await lockImports(transaction, options.listId);
      const staging = await openStaging(transaction, options.listId, onProblem);
      try {
        return await importInto(staging, file, secret, { ...options, onProblem });
      } finally {
        await staging.settle();
      }
    });
  } catch (error) {
    if (error instanceof NotImported) return error.result;
    throw error;
  }
}

/** One import into a list at a time. Agents may work on it meanwhile. */
async function lockImports(transaction: Transaction, listId: string): Promise<void> {
  await transaction.query(
    "select pg_advisory_xact_lock(hashtextextended('sipgate-call-lists import ' || $1, 0))",
    [listId],
  );
}

/** Removes a list that was made for an import of which nothing came. */
export async function removeEmptyList(database: Database, listId: string): Promise<void> {
  await database.transaction(async (transaction) => {
    await lockImports(transaction, listId);
    await transaction.query(
      `delete from ${SCHEMA}.list where id = $1
          and not exists (select from ${SCHEMA}.contact where list_id = $1)
          and not exists (select from ${SCHEMA}.attempt where list_id = $1)`,
      [listId],
    );
  });
}

/** What is written at once, in characters: some 30,000 rows. While PostgreSQL writes them, the next ones are judged. */
const ENOUGH = 6_000_000;

async function importInto(
  staging: Staging,
  file: TextFile,
  secret: string,
  options: ImportOptions & Required<Pick<ImportOptions, "onProblem">>,
): Promise<ImportResult> {
  const { country = "DE", purpose, onProblem, onColumns, dryRun = false, skipBad = false } = options;
  let bad = 0;
  let text = "";
  for await (const found of readContacts(file, onColumns)) {
    for (const contact of found) {
      const judged = await judgeContactRow(contact, country);
      if ("number" in judged) text += stagedRow(judged, secret, purpose);
      else {
        bad += 1;
        for (const problem of judged) onProblem(problem);
      }
    }
    if (text.length < ENOUGH) continue;
    await staging.add(text);
    text = "";
  }
  await staging.add(text);
  const result = { ...(await staging.end()), bad, isImported: !dryRun && (bad === 0 || skipBad) };
  if (!result.isImported) throw new NotImported(result);
  return result;
}

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
