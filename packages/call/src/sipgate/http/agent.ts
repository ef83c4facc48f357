// An application's own agent: how its connections to sipgate are made.
import type { Problem } from "../../call/errors.js";

/**
 * What Node's `https.request` takes as its `agent`: an `https.Agent`, or one such as the package https-proxy-agent
 * makes. This is a port: Node implements it. `destroy` doesn't throw.
 */
export interface HttpsAgent {
  /** How many connections it opens to one server at most. */
  readonly maxSockets: number;
  /** Closes its connections. The client never calls it. */
  destroy(): void;
}

/** What is wrong with an agent. @param isNode whether requests go through node:https */
export function agentProblems(agent: unknown, isNode: boolean): Problem[] {
  if (agent === undefined) return [];
  const problem = (message: string, remedy: string) => [{ field: "agent", code: "invalid", message, remedy }];
  if (!isNode) return problem("Only Node takes one: here requests go through fetch.", "Leave it out.");
  const isAgent = typeof agent === "object" && agent !== null && "addRequest" in agent;
  return isAgent ? [] : problem("It isn't an agent of node:https.", "Leave it out, or give an https.Agent.");
}
