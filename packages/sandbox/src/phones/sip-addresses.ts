import type { Registrar } from "./registrar.js";

/** Where phones register, as the API says it. */
export interface SipAddresses {
  readonly sipServer: string;
  readonly outboundProxy: string;
  readonly sipServerWebsocketUrl: string;
}

/** The path for SIP over WebSocket. */
export const WEBSOCKET_PATH = "/sip";

/** For a sandbox where no phone can register. */
const NOWHERE: SipAddresses = {
  sipServer: "sipgate.example",
  outboundProxy: "proxy.sipgate.example",
  sipServerWebsocketUrl: "wss://sip.sipgate.example",
};

/** @param origin the sandbox's own, such as `http://127.0.0.1:8888` */
export function sipAddressesOf(
  registrar: Pick<Registrar, "sipServer"> | undefined,
  origin: string,
): SipAddresses {
  if (registrar === undefined) return NOWHERE;
  const { sipServer } = registrar;
  const websocket = `${origin.replace(/^http/, "ws")}${WEBSOCKET_PATH}`;
  return { sipServer, outboundProxy: sipServer, sipServerWebsocketUrl: websocket };
}
