import type { Transport } from "../sipgate/http.js";
import { createNodeTransport } from "../sipgate/http-node.js";
import type { Output } from "./output.js";

/** What carries requests to sipgate's login; with --verbose they're told of, like all others. */
export async function loginTransport({ trace }: Output): Promise<Transport> {
  const transport = createNodeTransport();
  return trace === undefined ? transport : (await import("../sipgate/trace.js")).traced(transport, trace);
}
