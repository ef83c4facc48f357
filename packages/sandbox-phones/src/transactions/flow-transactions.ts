import type { SipRequest } from "../codec/message.js";
import type { ClientTransaction } from "./client-transaction.js";
import type { ServerTransaction } from "./server-transaction.js";

/** How many requests of one connection may be in progress, or have ended within the last seconds. */
const MOST_IN_PROGRESS = 20_000;
/** How long a finished request is remembered, in milliseconds: the same one may come once more, or be cancelled. */
const REMEMBER_MS = 5_000;

/** The transactions of one connection. */
export class FlowTransactions {
  readonly #clients = new Map<string, ClientTransaction>();
  readonly #servers = new Map<string, ServerTransaction>();
  /** Until when what is finished is remembered. The oldest is the first. */
  readonly #finished = new Map<string, number>();

  client(branch: string, method: string): ClientTransaction | undefined {
    return this.#clients.get(`${branch} ${method}`);
  }

  /** What becomes of a request, or of the INVITE that a CANCEL is about; `undefined` if it's new. */
  server(request: SipRequest): ServerTransaction | "finished" | undefined {
    const key = serverKey(request);
    return this.#servers.get(key) ?? (this.#finished.has(key) ? "finished" : undefined);
  }

  addClient(transaction: ClientTransaction): void {
    const key = `${transaction.branch} ${transaction.method}`;
    this.#clients.set(key, transaction);
    transaction.onEnd(() => this.#clients.delete(key));
  }

  /** Returns false if there are too many. */
  addServer(transaction: ServerTransaction): boolean {
    this.#forgetOldest();
    if (this.#servers.size + this.#finished.size >= MOST_IN_PROGRESS) return false;
    const key = serverKey(transaction.request);
    this.#servers.set(key, transaction);
    transaction.onFinal(() => this.#finish(key));
    return true;
  }

  /** The connection is gone. */
  close(): void {
    for (const transaction of [...this.#clients.values()]) transaction.fail();
  }

  #finish(key: string): void {
    this.#servers.delete(key);
    this.#finished.set(key, Date.now() + REMEMBER_MS);
  }

  #forgetOldest(): void {
    const now = Date.now();
    for (const [oldest, until] of this.#finished) {
      if (until > now) break;
      this.#finished.delete(oldest);
    }
  }
}

function serverKey({ method, via, callId, cseq }: SipRequest): string {
  const kind = method === "CANCEL" ? "INVITE" : method;
  return `${via.branch} ${via.sentBy} ${callId} ${cseq.number} ${kind}`;
}
