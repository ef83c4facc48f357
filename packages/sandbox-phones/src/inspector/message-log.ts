import type { Outgoing, SipMessage } from "../codec/message.js";
import { hostPort } from "../transactions/branch.js";
import type { MessageObserver } from "../transactions/sip-stack.js";
import type { Flow } from "../transports/flow.js";
import type { CallRecords, NotedMessage } from "./call-records.js";
import { masked } from "./masked.js";

/** Notes the messages of calls, and prints all if that was asked for. */
export class MessageLog implements MessageObserver {
  readonly #records: CallRecords;
  readonly #trace: ((text: string) => void) | undefined;

  constructor(records: CallRecords, trace: ((text: string) => void) | undefined) {
    this.#records = records;
    this.#trace = trace;
  }

  received(flow: Flow, message: SipMessage, head: string): void {
    const title = message.kind === "request" ? message.method : `${message.status} ${message.reason}`;
    const { callId, body } = message;
    this.#note(callId, flow, "received", title, head.length + body.length, receivedText(head, body));
  }

  sent(flow: Flow, message: Outgoing, bytes: Buffer): void {
    const callId = message.headers.find(([name]) => name === "call-id")?.[1] ?? "";
    const [method = ""] = message.startLine.split(" ");
    const title = method === "SIP/2.0" ? message.startLine.slice(method.length + 1) : method;
    this.#note(callId, flow, "sent", title, bytes.length, sentText(bytes));
  }

  #note(
    callId: string,
    { remoteIp, remotePort }: Flow,
    direction: NotedMessage["direction"],
    title: string,
    bytes: number,
    text: () => string,
  ): void {
    const message = { at: Date.now(), direction, peer: hostPort(remoteIp, remotePort), title, bytes, text };
    this.#records.note(callId, message);
    if (this.#trace === undefined) return;
    const arrow = direction === "sent" ? "->" : "<-";
    this.#trace(
      `${new Date(message.at).toISOString().slice(11, 23)} ${arrow} ${message.peer}\n${text()}\n\n`,
    );
  }
}

// Texts are kept as they were on the wire: decoded messages take several times as much memory.

function receivedText(head: string, body: Buffer): () => string {
  return () => masked(head, body.toString("utf8"));
}

function sentText(bytes: Buffer): () => string {
  return () => {
    const [head = "", ...body] = bytes.toString("utf8").split("\r\n\r\n");
    return masked(head, body.join("\r\n\r\n"));
  };
}
