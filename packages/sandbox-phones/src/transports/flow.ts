/** One connection of a phone. What is sent to the phone goes back on it. */
export interface Flow {
  readonly transport: "TCP" | "WS";
  readonly remoteIp: string;
  readonly remotePort: number;
  /** The address of this machine that the phone has reached. */
  readonly localIp: string;
  readonly localPort: number;
  readonly isOpen: boolean;
  send(bytes: Buffer): void;
  /**
   * Called once, when the connection is gone.
   * @returns takes the listener away
   */
  onClose(listener: () => void): () => void;
  close(): void;
}

/** What the transports do with what arrives. */
export interface FlowHandler {
  /** @param head start line and headers, without the empty line */
  message(flow: Flow, head: string, body: Buffer): void;
}

/** More unsent bytes than these belong to a phone that has stopped reading. */
export const MOST_UNSENT = 1024 * 1024;

/** The listeners of a connection's end. */
export class CloseListeners {
  #listeners: Set<() => void> | undefined = new Set();

  get isOpen(): boolean {
    return this.#listeners !== undefined;
  }

  /** Called at once if the connection is gone already. */
  add(listener: () => void): () => void {
    if (this.#listeners === undefined) queueMicrotask(listener);
    else this.#listeners.add(listener);
    return () => void this.#listeners?.delete(listener);
  }

  close(): void {
    const listeners = this.#listeners;
    this.#listeners = undefined;
    for (const listener of listeners ?? []) listener();
  }
}

/** IPv4 addresses as such: a server that listens on `::` sees them as `::ffff:127.0.0.1`. */
export function plainAddress(address: string): string {
  return address.replace(/^::ffff:(?=\d+\.)/, "");
}
