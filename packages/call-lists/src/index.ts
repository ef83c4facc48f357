// sipgate-call-lists: call lists for teams, and idempotency keys for any number of machines, on PostgreSQL.

export { runListsCommand } from "./commands/run.js";
export {
  type PostgresIdempotencyStore,
  postgresIdempotencyStore,
} from "./ledger/postgres-idempotency-store.js";
export { ListsError, type ListsErrorCode } from "./lists-error.js";
