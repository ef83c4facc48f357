import type { Clock } from "../../call/clock.js";
import type { OpenTransport, Transport } from "../../sipgate/http/http.js";
import { createNodeTransport } from "../../sipgate/http/http-node.js";
import type { Output } from "../terminal/output.js";

/** What carries requests to sipgate's login; with --verbose they're told of, like all others. */
export async function loginTransport({ trace }: Output): Promise<OpenTransport> {
  if (trace === undefined) return createNodeTransport;
  const { traced } = await import("../../sipgate/http/trace.js");
  return (clock: Clock): Transport => traced(clock, createNodeTransport(clock), trace);
}
