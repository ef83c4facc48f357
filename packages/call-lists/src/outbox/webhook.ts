import type { Queries } from "../database/database.js";
import { SCHEMA } from "../database/migrations.js";
import { ListsError } from "../lists-error.js";
import { newSecret } from "./signature.js";

/**
 * From now on, the events of a list go to this URL.
 *
 * @param url https, or http on this machine
 * @returns the secret that they are signed with
 * @throws ListsError for any other URL
 */
export async function setWebhook(queries: Queries, listId: string, url: string): Promise<string> {
  const parsed = URL.canParse(url) ? new URL(url) : undefined;
  const isLocal = /^(?:localhost|127\.\d+\.\d+\.\d+|\[::1\])$/.test(parsed?.hostname ?? "");
  if (parsed?.protocol !== "https:" && !(parsed?.protocol === "http:" && isLocal))
    throw new ListsError(
      "usage",
      "Events go to an https URL, or to an http URL on this machine.",
      "They hold phone numbers, which nobody on the way may read.",
    );
  const secret = newSecret();
  await queries.query(`update ${SCHEMA}.list set webhook_url = $2, webhook_secret = $3 where id = $1`, [
    listId,
    parsed.href,
    secret,
  ]);
  return secret;
}

/** From now on, there are no new events, and nothing is delivered. */
export async function removeWebhook(queries: Queries, listId: string): Promise<void> {
  await queries.query(`update ${SCHEMA}.list set webhook_url = null, webhook_secret = null where id = $1`, [
    listId,
  ]);
}
