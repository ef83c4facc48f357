import type { IdempotencyStore } from "sipgate-call";
import { openDatabase } from "./database/database.js";
import { requireSchema } from "./database/schema.js";
import { addObjection, type Review, reviewUnknown } from "./lists/agent-says.js";
import { findVanished } from "./lists/attempt-outcome.js";
import { type ListStatus, listStatus } from "./lists/list-status.js";
import { findList, setListState } from "./lists/lists.js";
import { type UnknownContact, unknownContacts } from "./lists/unknown-contacts.js";
import { deliverDue } from "./outbox/deliver.js";
import { createAttemptStore } from "./work/attempt-store.js";
import { type Shift, type ShiftOptions, startShift } from "./work/shift.js";

/** The call lists in a database. Every method may throw a `ListsError`. */
export interface CallLists {
  /** For the client that shifts are started with: it keeps a call from being placed twice, or late. */
  readonly idempotencyStore: IdempotencyStore;
  /** An agent begins to work on a list. */
  startShift(options: ShiftOptions): Promise<Shift>;
  /** Nobody of the list is dialled until `resume`, by any agent on any machine. */
  pause(list: string): Promise<void>;
  resume(list: string): Promise<void>;
  /** As `pause`, and agents are sent home. */
  stop(list: string): Promise<void>;
  /** @param list default: all */
  status(list?: string): Promise<readonly ListStatus[]>;
  /** The contacts of whom it isn't known whether they were reached. @param list default: all */
  unknown(list?: string): Promise<readonly UnknownContact[]>;
  /** A person decides about one of those that `unknown` shows. */
  review(contactId: string, verdict: Review): Promise<void>;
  /** Somebody doesn't want to be called, by any list, for good. @param number E.164 */
  doNotCall(number: string, reason: string): Promise<void>;
  /** Delivers the events that are due to their lists' URLs. To be called every few seconds, by any process. */
  deliver(): Promise<{ readonly taken: number; readonly failed: number }>;
  close(): Promise<void>;
}

/**
 * Opens the call lists in a PostgreSQL database, in which `sipgate-call-lists init` has made the tables.
 *
 * @param url such as `postgresql://user@host/database`. It's never part of an error
 * @throws ListsError if the database can't be used, or has no tables yet
 * @example
 * ```ts
 * import { createClient } from "sipgate-call";
 * import { openCallLists } from "sipgate-call-lists";
 *
 * const lists = await openCallLists(process.env.SIPGATE_DATABASE_URL ?? "");
 * const client = createClient({
 *   credentials: { tokenId: "token-ABC123", token: process.env.SIPGATE_TOKEN ?? "" },
 *   idempotencyStore: lists.idempotencyStore,
 * });
 * const shift = await lists.startShift({ client, list: "spring", agent: "anna", caller: "e0" });
 * const handed = await shift.next();
 * if (handed.kind === "contact") console.log(await shift.dial(handed.contact));
 * ```
 */
export async function openCallLists(url: string): Promise<CallLists> {
  const database = openDatabase(url);
  try {
    await requireSchema(database);
  } catch (error) {
    await database.close();
    throw error;
  }
  const store = createAttemptStore(database);
  const change = async (list: string, state: Parameters<typeof setListState>[2]) =>
    setListState(database, (await findList(database, list)).id, state);
  return {
    idempotencyStore: store,
    startShift: (options) => startShift(database, store, options),
    pause: (list) => change(list, "paused"),
    resume: (list) => change(list, "running"),
    stop: (list) => change(list, "stopped"),
    async status(list) {
      await findVanished(database);
      return listStatus(database, list);
    },
    async unknown(list) {
      await findVanished(database);
      return unknownContacts(database, list);
    },
    review: (contactId, verdict) => reviewUnknown(database, contactId, verdict),
    doNotCall: (number, reason) => addObjection(database, number, reason),
    deliver: () => deliverDue(database),
    close: () => database.close(),
  };
}
