import type { Outgoing } from "../codec/message.js";
import { hostPort } from "../transactions/branch.js";
import type { Flow } from "../transports/flow.js";

/** What we understand. */
const METHODS = "INVITE, ACK, CANCEL, BYE, OPTIONS, INFO, UPDATE, NOTIFY, REFER, REGISTER";

export const ALLOW: Outgoing["headers"][number] = ["allow", METHODS];

export const SDP_TYPE: Outgoing["headers"][number] = ["content-type", "application/sdp"];

/** Where the phone behind a connection reaches us. */
export function ownContact({ transport, localIp, localPort }: Flow): Outgoing["headers"][number] {
  return ["contact", `<sip:sandbox@${hostPort(localIp, localPort)};transport=${transport.toLowerCase()}>`];
}
