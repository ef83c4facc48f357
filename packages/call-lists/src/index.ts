// sipgate-call-lists: call lists for teams, and idempotency keys for any number of machines, on PostgreSQL.

export { type CallLists, openCallLists } from "./call-lists.js";
export {
  type PostgresIdempotencyStore,
  postgresIdempotencyStore,
} from "./ledger/postgres-idempotency-store.js";
export type { Review, Said } from "./lists/agent-says.js";
export type { AttemptEnd } from "./lists/attempt-outcome.js";
export type { RecordedConsent } from "./lists/consents.js";
export type { Contact, ContactFacts, EarlierAttempt } from "./lists/contact-facts.js";
export type { HandedOut, HandOutResult } from "./lists/hand-out.js";
export type { ListStatus } from "./lists/list-status.js";
export type { List, ListState } from "./lists/lists.js";
export type { UnknownContact } from "./lists/unknown-contacts.js";
export { ListsError, type ListsErrorCode } from "./lists-error.js";
export type { Disposition, Reason } from "./rules/rules.js";
export { runListsCommand } from "./run-lists-command.js";
export type { DialResult, DialWatch } from "./work/dial-contact.js";
export type { Shift, ShiftOptions } from "./work/shift.js";
