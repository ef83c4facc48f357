// sipgate-call-lists: call lists for teams, and idempotency keys for any number of machines, on PostgreSQL.

export {
  type PostgresIdempotencyStore,
  postgresIdempotencyStore,
} from "./ledger/postgres-idempotency-store.js";
export { ListsError, type ListsErrorCode } from "./lists-error.js";
export { runListsCommand } from "./run-lists-command.js";
