// TCP connections to one server that are opened first of all, while the rest of the program is still being loaded. Nothing
// is sent over them, TLS's first message included, until a request takes one.
import { connect, type Socket } from "node:net";
import type { Clock } from "../../call/clock.js";
import type { ServerAddress } from "./urls.js";

/** Milliseconds after which they aren't used any more: the other side may be about to close them. */
const FRESH_MS = 1_000;

export interface EarlySockets {
  /** One of those to this server, once it stands; undefined then if it doesn't. Undefined at once if there is none that is fresh. */
  take(server: ServerAddress): Promise<Socket | undefined> | undefined;
  /** Closes those that nobody took, and those that don't stand yet: these would keep the process alive. */
  close(): void;
}

/** Opens that many. They keep no process alive once they stand. */
export function openSockets(
  server: ServerAddress,
  count: number,
  clock: Pick<Clock, "monotonicMs">,
): EarlySockets {
  const since = clock.monotonicMs();
  const opened = Array.from({ length: count }, () => new EarlySocket(server));
  const unused = [...opened];
  const isFresh = () => clock.monotonicMs() - since <= FRESH_MS;
  return {
    take({ host, port }) {
      if (host !== server.host || port !== server.port || !isFresh()) return undefined;
      return unused.shift()?.standing();
    },
    close() {
      for (const socket of opened) if (unused.includes(socket) || !socket.stands) socket.close();
    },
  };
}

class EarlySocket {
  readonly #socket: Socket;
  readonly #connected: Promise<unknown>;

  constructor({ host, port }: ServerAddress) {
    const socket = connect({ host, port: Number(port), noDelay: true });
    this.#socket = socket.unref();
    this.#connected = new Promise((resolve) => {
      for (const event of ["error", "close", "connect"]) socket.on(event, resolve);
    });
  }

  /** Undefined if it couldn't be opened, or is closed: the request opens its own, and tells why that fails. */
  async standing(): Promise<Socket | undefined> {
    await this.#connected;
    const { readable, writable } = this.#socket;
    return readable && writable ? this.#socket : undefined;
  }

  get stands(): boolean {
    return !this.#socket.connecting;
  }

  close(): void {
    this.#socket.destroy();
  }
}
