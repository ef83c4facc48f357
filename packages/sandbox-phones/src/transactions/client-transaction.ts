import type { Outgoing, SipResponse } from "../codec/message.js";
import type { Flow } from "../transports/flow.js";
import { newBranch, viaOf } from "./branch.js";
import type { MessageSender } from "./message-sender.js";

/** How long to wait for the first response, and for the last one after a CANCEL, in milliseconds (RFC 3261: timer B). */
const RESPONSE_MS = 32_000;
/** How long a further 2xx of an INVITE is waited for, in milliseconds. */
const AFTER_ACCEPTED_MS = 5_000;

export interface ResponseHandler {
  response(response: SipResponse): void;
  /** There is no response, or the connection is gone. Comes at most once, and nothing after it. */
  failed(reason: "timeout" | "gone"): void;
}

type State = "waiting" | "proceeding" | "accepted" | "ended";

/** A request of ours, and its responses. */
export class ClientTransaction {
  readonly branch = newBranch();
  readonly method: string;
  readonly #sender: MessageSender;
  readonly #flow: Flow;
  readonly #message: Outgoing;
  readonly #handler: ResponseHandler;
  #state: State = "waiting";
  #timer: NodeJS.Timeout | undefined;
  #cancelHeaders: Outgoing["headers"] | undefined;
  #isCancelSent = false;
  #onEnd: () => void = () => {};

  constructor(
    sender: MessageSender,
    flow: Flow,
    method: string,
    message: Outgoing,
    handler: ResponseHandler,
  ) {
    this.#sender = sender;
    this.#flow = flow;
    this.method = method;
    this.#handler = handler;
    const { startLine, headers, body = "" } = message;
    this.#message = { startLine, headers: [["via", viaOf(flow, this.branch)], ...headers], body };
  }

  begin(): void {
    this.#startTimer(RESPONSE_MS, () => this.#fail("timeout"));
    this.#sender.send(this.#flow, this.#message);
  }

  onEnd(listener: () => void): void {
    this.#onEnd = listener;
  }

  receive(response: SipResponse): void {
    if (this.#state === "ended") return;
    const { status } = response;
    if (status < 200) {
      if (this.#state === "accepted") return;
      this.#state = "proceeding";
      if (this.method === "INVITE") this.#stopTimer();
      this.#sendCancel();
    } else if (this.method === "INVITE" && status < 300) {
      if (this.#state !== "accepted") this.#startTimer(AFTER_ACCEPTED_MS, () => this.#end());
      this.#state = "accepted";
    } else {
      if (this.method === "INVITE") this.#acknowledge(response);
      this.#end();
    }
    this.#handler.response(response);
  }

  /** Asks the phone to stop ringing, as soon as it has shown that it knows of the call. */
  cancel(headers: Outgoing["headers"]): void {
    this.#cancelHeaders = headers;
    if (this.#state === "proceeding") this.#sendCancel();
  }

  /** The connection is gone. */
  fail(): void {
    this.#fail("gone");
  }

  #sendCancel(): void {
    if (this.#cancelHeaders === undefined || this.#isCancelSent) return;
    this.#isCancelSent = true;
    this.#startTimer(RESPONSE_MS, () => this.#fail("timeout"));
    const headers = [...this.#sameHeaders("CANCEL"), ...this.#cancelHeaders];
    this.#sender.send(this.#flow, { startLine: this.#startLine("CANCEL"), headers });
  }

  /** The ACK of a refusal belongs to the transaction. */
  #acknowledge({ headers }: SipResponse): void {
    const to = headers.get("to") ?? "";
    const repeated = this.#sameHeaders("ACK").map((header) =>
      header[0] === "to" ? (["to", to] as const) : header,
    );
    this.#sender.send(this.#flow, { startLine: this.#startLine("ACK"), headers: repeated });
  }

  #sameHeaders(method: string): Outgoing["headers"] {
    const same = ["via", "route", "from", "to", "call-id", "max-forwards", "cseq"];
    return this.#message.headers
      .filter(([name]) => same.includes(name))
      .map(([name, value]) => (name === "cseq" ? [name, value.replace(/ .*/, ` ${method}`)] : [name, value]));
  }

  #startLine(method: string): string {
    return this.#message.startLine.replace(this.method, method);
  }

  #fail(reason: "timeout" | "gone"): void {
    if (this.#state === "ended") return;
    const isOver = this.#state === "accepted";
    this.#end();
    if (!isOver) this.#handler.failed(reason);
  }

  #end(): void {
    this.#state = "ended";
    this.#stopTimer();
    this.#onEnd();
  }

  #startTimer(delayMs: number, run: () => void): void {
    this.#stopTimer();
    this.#timer = setTimeout(run, delayMs);
  }

  #stopTimer(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }
}
