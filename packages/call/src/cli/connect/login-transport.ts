import type { Transport } from "../../sipgate/http/http.js";
import { createNodeTransport } from "../../sipgate/http/http-node.js";
import type { Output } from "../terminal/output.js";

/** Carries requests to sipgate's login; with --verbose they are logged like all others. */
export async function loginTransport({ trace }: Output): Promise<Transport> {
  const transport = createNodeTransport();
  return trace === undefined
    ? transport
    : (await import("../../sipgate/http/trace.js")).traced(transport, trace);
}
