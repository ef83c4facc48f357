// A file of numbers that don't want to be called.
import { readPhoneNumber } from "sipgate-call";
import type { Database } from "../database/database.js";
import { SCHEMA } from "../database/migrations.js";
import { lockAccount, readNumberSecret } from "../lists/account.js";
import { numberKey } from "../lists/number-key.js";
import { copyRow } from "./copy-text.js";
import type { ImportProblem } from "./judge-contact-row.js";
import { readContacts } from "./read-contacts.js";
import { openTextFile } from "./text-file.js";

export interface ObjectionOptions {
  /** Why, if somebody asks later. */
  readonly reason: string;
  /** That numbers without a country code are dialled in, two letters. Default: `DE`. */
  readonly country?: string;
  /** Is told of each row whose number can't be read. */
  readonly onProblem?: (problem: ImportProblem) => void;
}

export interface ObjectionResult {
  /** Numbers that weren't on the list before. */
  readonly added: number;
  /** Rows whose number can't be read. The others are added all the same. */
  readonly bad: number;
}

/**
 * Notes that the numbers of a file don't want to be called, CSV or vCard, in one transaction. It's durable when this
 * returns.
 *
 * @throws ListsError if the file or the database can't be used; then none is noted
 */
export async function importObjections(
  database: Database,
  path: string,
  { reason, country = "DE", onProblem = () => {} }: ObjectionOptions,
): Promise<ObjectionResult> {
  const file = await openTextFile(path);
  const secret = await readNumberSecret(database);
  return database.transaction(async (transaction) => {
    let bad = 0;
    await transaction.query("create temporary table staged_objection (number_key bytea) on commit drop");
    const rows = async function* () {
      for await (const found of readContacts(file)) {
        let text = "";
        for (const { line, numbers } of found)
          for (const number of numbers.length > 0 ? numbers : [""]) {
            const read = await readPhoneNumber(number, country);
            if (read.ok) text += copyRow([numberKey(secret, read.number)]);
            else {
              bad += 1;
              onProblem({ line, code: read.code, message: read.message });
            }
          }
        if (text !== "") yield text;
      }
    };
    await transaction.copyInto("staged_objection", rows());
    // A contact that is just being marked was marked before this, or isn't marked.
    await lockAccount(transaction);
    const [row] = await transaction.query<{ added: number }>(
      `with added as (
         insert into ${SCHEMA}.do_not_call (number_key, added_at, reason)
         select distinct number_key, ${SCHEMA}.moment(), $1::text from staged_objection
             on conflict do nothing returning 1)
       select count(*)::int as added from added`,
      [reason],
    );
    return { added: row?.added ?? 0, bad };
  });
}
