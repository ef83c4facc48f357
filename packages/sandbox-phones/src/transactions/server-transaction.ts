import { randomUUID } from "node:crypto";
import { type Outgoing, type SipRequest, tagOf } from "../codec/message.js";
import type { Flow } from "../transports/flow.js";
import type { MessageSender } from "./message-sender.js";
import { REASONS } from "./reasons.js";

/** A request of a phone, and our responses. */
export class ServerTransaction {
  readonly request: SipRequest;
  readonly flow: Flow;
  /** The tag of our side. It's the same in all responses. */
  readonly localTag: string;
  readonly #sender: MessageSender;
  #isFinal = false;
  #onCancel: () => void = () => {};
  #onFinal: () => void = () => {};

  constructor(sender: MessageSender, flow: Flow, request: SipRequest) {
    this.#sender = sender;
    this.flow = flow;
    this.request = request;
    this.localTag = tagOf(request.to) || randomUUID();
  }

  /** Whether the last response was sent. */
  get isFinal(): boolean {
    return this.#isFinal;
  }

  /** Sends a response, unless a final one was sent already. */
  respond(
    status: number,
    { headers = [], body = "" }: { headers?: Outgoing["headers"]; body?: string } = {},
  ): void {
    if (this.#isFinal) return;
    if (status >= 200) {
      this.#isFinal = true;
      this.#onFinal();
    }
    this.#sender.send(this.flow, {
      startLine: `SIP/2.0 ${status} ${REASONS.get(status) ?? "Unknown"}`,
      headers: [...this.#repeated(status), ...headers],
      body,
    });
  }

  onCancel(listener: () => void): void {
    this.#onCancel = listener;
  }

  onFinal(listener: () => void): void {
    this.#onFinal = listener;
  }

  /** The phone has given up. */
  cancel(): void {
    if (!this.#isFinal) this.#onCancel();
  }

  #repeated(status: number): Outgoing["headers"] {
    const repeated = ["via", "from", "to", "call-id", "cseq"];
    let isFirstVia = true;
    return [...this.request.headers].flatMap(([name, value]): [string, string][] => {
      if (!repeated.includes(name)) return name === "record-route" && status < 300 ? [[name, value]] : [];
      if (name === "via" && isFirstVia) {
        isFirstVia = false;
        return [[name, this.#withSource(value)]];
      }
      const hasTag = name !== "to" || tagOf(this.request.to) !== "" || status === 100;
      return [[name, hasTag ? value : `${value};tag=${this.localTag}`]];
    });
  }

  /** RFC 3581: where the request came from. */
  #withSource(via: string): string {
    const { remoteIp, remotePort } = this.flow;
    return via.replace(/;\s*rport(?=[;,]|$)/i, `;rport=${remotePort};received=${remoteIp}`);
  }
}
