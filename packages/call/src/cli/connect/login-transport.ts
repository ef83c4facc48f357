import type { Transport } from "../../sipgate/http/http.js";
import { createNodeTransport } from "../../sipgate/http/http-node.js";
import { traced } from "../../sipgate/http/trace.js";
import type { Output } from "../terminal/output.js";

/** What carries requests to sipgate's login; with --verbose they're told of, like all others. */
export function loginTransport({ trace }: Output): Transport {
  const transport = createNodeTransport();
  return trace === undefined ? transport : traced(transport, trace);
}
