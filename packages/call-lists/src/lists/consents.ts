// The consents of a contact, as an agent sees them.
import type { Queries } from "../database/database.js";
import { SCHEMA } from "../database/migrations.js";

export interface RecordedConsent {
  readonly givenAt: Date;
  /** Such as `web form`. */
  readonly how: string;
  /** What for. */
  readonly purpose: string;
  /** In which words it was given. */
  readonly words: string;
}

/** Oldest first. */
export async function consentsOf(queries: Queries, contactId: string): Promise<readonly RecordedConsent[]> {
  const rows = await queries.query<{ given_at: Date; how: string; purpose: string; words: string }>(
    `select given_at, how, purpose, words from ${SCHEMA}.consent
      where number_key = (select number_key from ${SCHEMA}.contact where id = $1)
      order by given_at, id`,
    [contactId],
    "consents-of",
  );
  return rows.map(({ given_at: givenAt, ...consent }) => ({ givenAt, ...consent }));
}
