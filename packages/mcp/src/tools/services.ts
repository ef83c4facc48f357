// What the tools share within a process.
import type { AuditLog } from "../audit-log.js";
import type { Connection } from "../connection.js";
import type { PlanStore } from "../plans/plan-store.js";
import type { ServerRules } from "../server-rules.js";
import type { PersonAsker } from "../yes/ask-person.js";
import type { FollowedCalls } from "./followed-calls.js";

export interface Services {
  readonly sandbox: boolean;
  readonly plans: PlanStore;
  readonly audit: AuditLog;
  readonly person: PersonAsker;
  readonly followed: FollowedCalls;
  /** Uses of tools that aren't over yet. */
  readonly underWay: Set<Promise<unknown>>;
  connect(): Promise<Connection>;
  /** The person's rules as they are now. */
  rules(): ServerRules;
}
