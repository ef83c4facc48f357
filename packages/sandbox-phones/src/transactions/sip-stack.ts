import type { Outgoing, SipMessage } from "../codec/message.js";
import { parseMessage } from "../codec/parse.js";
import { serialize } from "../codec/serialize.js";
import type { Flow, FlowHandler } from "../transports/flow.js";
import { ClientTransaction, type ResponseHandler } from "./client-transaction.js";
import { FlowTransactions } from "./flow-transactions.js";
import { ServerTransaction } from "./server-transaction.js";

/** Sees each message: for the trace and the start page. */
export interface MessageObserver {
  received(flow: Flow, message: SipMessage, head: string): void;
  /** @param bytes the message as it was sent */
  sent(flow: Flow, message: Outgoing, bytes: Buffer): void;
}

/** What the stack tells the rest. */
export interface RequestHandler {
  /** A new request, other than ACK and CANCEL. */
  request(transaction: ServerTransaction): void;
}

/**
 * Messages and their transactions (RFC 3261, 17) over transports that lose nothing: nothing is sent twice, and what a
 * phone sends twice is dropped.
 */
export class SipStack implements FlowHandler {
  readonly #flows = new Map<Flow, FlowTransactions>();
  readonly #observer: MessageObserver;
  #handler: RequestHandler | undefined;

  constructor(observer: MessageObserver) {
    this.#observer = observer;
  }

  handleWith(handler: RequestHandler): void {
    this.#handler = handler;
  }

  /** Sends a message that belongs to no transaction, or comes from one. */
  send(flow: Flow, message: Outgoing): void {
    if (!flow.isOpen) return;
    const bytes = serialize(message);
    this.#observer.sent(flow, message, bytes);
    flow.send(bytes);
  }

  /** Sends a request. `Via` is added. If the connection is gone, `handler.failed` is called later. */
  request(flow: Flow, method: string, message: Outgoing, handler: ResponseHandler): ClientTransaction {
    const transaction = new ClientTransaction(this, flow, method, message, handler);
    this.#transactionsOf(flow).addClient(transaction);
    if (flow.isOpen) transaction.begin();
    return transaction;
  }

  message(flow: Flow, head: string, body: Buffer): void {
    const message = parseMessage(head, body);
    if (message.kind === "malformed") {
      const { answerable, problem } = message;
      if (answerable !== undefined) {
        const headers = [...answerable, ["warning", `399 sandbox "${problem}"`]] as const;
        this.send(flow, { startLine: "SIP/2.0 400 Bad Request", headers });
      }
      return;
    }
    this.#observer.received(flow, message, head);
    const transactions = this.#transactionsOf(flow);
    if (message.kind === "response")
      transactions.client(message.via.branch, message.cseq.method)?.receive(message);
    else if (message.method === "CANCEL") this.#cancel(flow, message, transactions);
    // Nothing depends on an ACK if nothing is lost.
    else if (message.method !== "ACK" && transactions.server(message) === undefined) {
      const transaction = new ServerTransaction(this, flow, message);
      if (!transactions.addServer(transaction)) transaction.respond(503);
      else this.#handler?.request(transaction);
    }
  }

  #cancel(flow: Flow, message: SipMessage & { kind: "request" }, transactions: FlowTransactions): void {
    const transaction = transactions.server(message);
    new ServerTransaction(this, flow, message).respond(transaction === undefined ? 481 : 200);
    if (transaction !== "finished") transaction?.cancel();
  }

  #transactionsOf(flow: Flow): FlowTransactions {
    const known = this.#flows.get(flow);
    if (known !== undefined) return known;
    const transactions = new FlowTransactions();
    this.#flows.set(flow, transactions);
    flow.onClose(() => {
      this.#flows.delete(flow);
      transactions.close();
    });
    return transactions;
  }
}
