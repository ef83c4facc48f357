// sipgate-call-lists: call lists for teams, and idempotency keys for any number of machines, on PostgreSQL.

export { ListsError, type ListsErrorCode } from "./lists-error.js";
