import type { SipRequest } from "../codec/message.js";
import type { ClientTransaction } from "./client-transaction.js";
import type { ServerTransaction } from "./server-transaction.js";

/** How many requests of one connection may be in progress, or have ended within the last seconds. */
const MOST_IN_PROGRESS = 20_000;

/** The transactions of one connection. */
export class FlowTransactions {
  readonly #clients = new Map<string, ClientTransaction>();
  readonly #servers = new Map<string, ServerTransaction>();

  client(branch: string, method: string): ClientTransaction | undefined {
    return this.#clients.get(`${branch} ${method}`);
  }

  /** An ACK or a CANCEL belongs to the transaction of its INVITE. */
  server(request: SipRequest): ServerTransaction | undefined {
    return this.#servers.get(serverKey(request));
  }

  addClient(transaction: ClientTransaction): void {
    const key = `${transaction.branch} ${transaction.method}`;
    this.#clients.set(key, transaction);
    transaction.onEnd(() => this.#clients.delete(key));
  }

  /** Returns false if there are too many. */
  addServer(transaction: ServerTransaction): boolean {
    if (this.#servers.size >= MOST_IN_PROGRESS) return false;
    const key = serverKey(transaction.request);
    this.#servers.set(key, transaction);
    transaction.onEnd(() => this.#servers.delete(key));
    return true;
  }

  /** The connection is gone. */
  close(): void {
    for (const transaction of [...this.#clients.values()]) transaction.fail();
    for (const transaction of [...this.#servers.values()]) transaction.end();
  }
}

function serverKey({ method, via, callId, cseq }: SipRequest): string {
  const kind = method === "ACK" || method === "CANCEL" ? "INVITE" : method;
  return `${via.branch} ${via.sentBy} ${callId} ${cseq.number} ${kind}`;
}
