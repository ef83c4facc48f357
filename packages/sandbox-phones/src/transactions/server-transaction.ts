import { randomUUID } from "node:crypto";
import { type Outgoing, type SipRequest, tagOf } from "../codec/message.js";
import type { Flow } from "../transports/flow.js";
import type { MessageSender } from "./message-sender.js";
import { REASONS } from "./reasons.js";

/** Headers that each response repeats (RFC 3261, 8.2.6.2). */
const REPEATED = ["via", "from", "to", "call-id", "cseq"];

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

  #repeated(status: number): (readonly [name: string, value: string])[] {
    const repeated: (readonly [name: string, value: string])[] = [];
    const needsTag = tagOf(this.request.to) === "" && status !== 100;
    let isFirstVia = true;
    for (const header of this.request.headers) {
      const [name, value] = header;
      if (name === "via" && isFirstVia) {
        isFirstVia = false;
        repeated.push([name, this.#withSource(value)]);
      } else if (name === "to" && needsTag) repeated.push([name, `${value};tag=${this.localTag}`]);
      else if (REPEATED.includes(name) || (name === "record-route" && status < 300)) repeated.push(header);
    }
    return repeated;
  }

  /** RFC 3581: where the request came from. */
  #withSource(via: string): string {
    const { remoteIp, remotePort } = this.flow;
    return via.replace(/;\s*rport(?=[;,]|$)/i, `;rport=${remotePort};received=${remoteIp}`);
  }
}
