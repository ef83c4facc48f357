import type { Outgoing } from "../codec/message.js";
import type { Flow } from "../transports/flow.js";

/** What transactions send with. */
export interface MessageSender {
  send(flow: Flow, message: Outgoing): void;
}
