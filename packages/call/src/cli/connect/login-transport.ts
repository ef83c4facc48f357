import type { Clock } from "../../call/clock.js";
import type { OpenTransport, Transport } from "../../sipgate/http/http.js";
import { createNodeTransport } from "../../sipgate/http/http-node.js";
import { traced } from "../../sipgate/http/trace.js";
import type { Output } from "../terminal/output.js";

/** Carries requests to sipgate's login; with --verbose they are logged like all others. */
export function loginTransport({ trace }: Output): OpenTransport {
  if (trace === undefined) return createNodeTransport;
  return (clock: Clock): Transport => traced(clock, createNodeTransport(clock), trace);
}
