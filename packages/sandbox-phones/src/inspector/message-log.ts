import type { Outgoing, SipMessage } from "../codec/message.js";
import { serialize } from "../codec/serialize.js";
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
    const text = (): string => masked(head, message.body.toString("utf8"));
    this.#note(message.callId, flow, "received", title, head.length + message.body.length, text);
  }

  sent(flow: Flow, message: Outgoing): void {
    const callId = message.headers.find(([name]) => name === "call-id")?.[1] ?? "";
    const [method = ""] = message.startLine.split(" ");
    const title = method === "SIP/2.0" ? message.startLine.slice(method.length + 1) : method;
    // What is sent is made here, and short.
    this.#note(callId, flow, "sent", title, 0, () => {
      const [head = "", ...body] = serialize(message).toString("utf8").split("\r\n\r\n");
      return masked(head, body.join("\r\n\r\n"));
    });
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
