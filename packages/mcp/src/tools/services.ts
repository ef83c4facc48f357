// What the tools share within a process.
import type { AuditLog } from "../audit-log.js";
import type { Connection } from "../connection.js";
import type { PlanStore } from "../plans/plan-store.js";
import { type RuledClient, withRules } from "../rules/with-rules.js";
import type { ServerRules } from "../server-rules.js";
import type { PersonAsker } from "../yes/ask-person.js";
import type { FollowedCalls } from "./followed-calls.js";

export interface Services {
  readonly sandbox: boolean;
  /** The folder of the state. */
  readonly folder: string;
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

/** A client that keeps the rules as they are now. */
export function ruledClient({ folder }: Services, connection: Connection, rules: ServerRules): RuledClient {
  const { defaultCountry } = connection;
  return withRules(connection.client, rules.calls, { folder, defaultCountry });
}
