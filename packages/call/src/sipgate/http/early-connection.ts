// A connection that is opened before the request for it is known, so the request needn't wait for it.
import type { Socket } from "node:net";
import type { Clock } from "../../call/clock.js";

/**
 * Milliseconds that a connection for call requests may stand unused. The other side may close an idle connection just when the
 * request is sent, and nobody would know whether it arrived.
 */
export const FRESH_MS = 1_000;

export interface EarlyConnection {
  /** Opens one, unless one is being opened or stands. Nothing is sent over it, and it keeps no process alive. */
  open(): void;
  /** The one that was opened, once it stands. Undefined if there is none that is fresh. */
  take(): Promise<Socket | undefined>;
}

/** @param connect opens a connection; it resolves when that stands (with TLS, the secure one) */
export function createEarlyConnection(clock: Clock, connect: () => Promise<Socket>): EarlyConnection {
  /** By both clocks: the monotonic one stops while the machine sleeps. */
  const times = () => [clock.monotonicMs(), clock.now().getTime()];
  let opened: Promise<Unused | undefined> | undefined;

  const opening = async (): Promise<Unused | undefined> => {
    try {
      return new Unused(await connect(), times());
    } catch {
      return undefined; // The request opens its own, and tells why that fails.
    }
  };
  return {
    open() {
      if (opened !== undefined) return;
      const mine = opening();
      opened = mine;
      const forget = () => {
        if (opened === mine) opened = undefined;
      };
      void mine.then((unused) => (unused === undefined ? forget() : unused.onceClosed(forget)));
    },
    async take() {
      const taken = opened;
      opened = undefined;
      return (await taken)?.use(times());
    },
  };
}

/** A connection that stands and over which nothing was sent. It's closed when it's no longer fresh. */
class Unused {
  readonly #socket: Socket;
  readonly #since: readonly number[];
  readonly #close = () => void this.#socket.destroy();

  constructor(socket: Socket, since: readonly number[]) {
    this.#socket = socket;
    this.#since = since;
    socket.unref();
    socket.on("error", this.#close);
    socket.on("timeout", this.#close);
  }

  onceClosed(run: () => void): void {
    this.#socket.once("close", run);
  }

  /** The connection, unless it may have died. */
  use(now: readonly number[]): Socket | undefined {
    const socket = this.#socket;
    const isFresh = this.#since.every((then, at) => Math.abs((now[at] ?? 0) - then) <= FRESH_MS);
    if (!isFresh || !socket.readable || !socket.writable) {
      socket.destroy();
      return undefined;
    }
    socket.off("error", this.#close);
    socket.off("timeout", this.#close);
    return socket.ref();
  }
}
