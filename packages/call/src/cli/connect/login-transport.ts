import type { Clock } from "../../call/clock.js";
import type { OpenTransport, Transport } from "../../sipgate/http/http.js";
import { createNodeTransport } from "../../sipgate/http/http-node.js";
import { traced } from "../../sipgate/http/trace.js";
import type { Settings } from "../settings/settings.js";
import type { Output } from "../terminal/output.js";
import { proxyOf } from "./proxy.js";

/** Carries requests to sipgate's login; with --verbose they are logged like all others. */
export function loginTransport(settings: Settings, { trace }: Output): OpenTransport {
  const choose = proxyOf(settings);
  const open: OpenTransport = (clock) => createNodeTransport(clock, undefined, choose);
  if (trace === undefined) return open;
  return (clock: Clock): Transport => traced(clock, open(clock), trace);
}
