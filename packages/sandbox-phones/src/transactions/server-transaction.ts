import { randomBytes } from "node:crypto";
import { type Outgoing, type SipRequest, tagOf } from "../codec/message.js";
import type { Flow } from "../transports/flow.js";
import type { MessageSender } from "./message-sender.js";
import { REASONS } from "./reasons.js";

/** How long a finished request is remembered, in milliseconds: its ACK, or the same request once more, may come. */
const REMEMBER_MS = 5_000;

/** A request of a phone, and our responses. */
export class ServerTransaction {
  readonly request: SipRequest;
  readonly flow: Flow;
  /** The tag of our side. It's the same in all responses. */
  readonly localTag: string;
  readonly #sender: MessageSender;
  #finalStatus: number | undefined;
  #timer: NodeJS.Timeout | undefined;
  #onCancel: () => void = () => {};
  #onEnd: () => void = () => {};

  constructor(sender: MessageSender, flow: Flow, request: SipRequest) {
    this.#sender = sender;
    this.flow = flow;
    this.request = request;
    this.localTag = tagOf(request.to) || randomBytes(6).toString("hex");
  }

  get isFinal(): boolean {
    return this.#finalStatus !== undefined;
  }

  /** Sends a response, unless a final one was sent already. */
  respond(
    status: number,
    { headers = [], body = "" }: { headers?: Outgoing["headers"]; body?: string } = {},
  ): void {
    if (this.#finalStatus !== undefined) return;
    if (status >= 200) {
      this.#finalStatus = status;
      this.#timer = setTimeout(() => this.end(), REMEMBER_MS).unref();
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

  onEnd(listener: () => void): void {
    this.#onEnd = listener;
  }

  /** The phone has given up. */
  cancel(): void {
    if (this.#finalStatus === undefined) this.#onCancel();
  }

  /** The phone has taken note of our refusal. */
  acknowledge(): void {
    if (this.isFinal) this.end();
  }

  end(): void {
    clearTimeout(this.#timer);
    this.#onEnd();
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
