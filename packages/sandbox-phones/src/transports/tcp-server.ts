import { createServer, type Server, type Socket } from "node:net";
import { StreamFramer } from "../codec/stream-framer.js";
import { CloseListeners, type Flow, type FlowHandler, MOST_UNSENT, plainAddress } from "./flow.js";

/** How many phones may be connected. */
const MOST_CONNECTIONS = 1_000;
/** A connection on which nothing was ever said properly is closed after this time, in milliseconds. */
const SILENT_MS = 30_000;

/** SIP over TCP. */
export class TcpServer {
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();
  readonly #handler: FlowHandler;

  constructor(handler: FlowHandler) {
    this.#handler = handler;
    this.#server = createServer({ noDelay: true, keepAlive: true, keepAliveInitialDelay: 30_000 }, (socket) =>
      this.#accept(socket),
    );
    this.#server.maxConnections = MOST_CONNECTIONS;
  }

  /** Resolves with the port when it listens. Rejects if it can't. */
  listen(host: string, port: number): Promise<number> {
    return new Promise((resolve, reject) => {
      this.#server.once("error", reject);
      this.#server.listen(port, host, () => {
        this.#server.off("error", reject);
        const address = this.#server.address();
        resolve(typeof address === "object" && address !== null ? address.port : port);
      });
    });
  }

  close(): Promise<void> {
    for (const socket of this.#sockets) socket.destroy();
    return new Promise((resolve) => this.#server.close(() => resolve()));
  }

  #accept(socket: Socket): void {
    const flow = new TcpFlow(socket);
    const framer = new StreamFramer();
    this.#sockets.add(socket);
    socket.setTimeout(SILENT_MS, () => socket.destroy());
    socket.on("error", () => socket.destroy());
    socket.on("close", () => {
      this.#sockets.delete(socket);
      flow.closed();
    });
    socket.on("data", (chunk) => {
      const frames = framer.push(chunk);
      if (frames === undefined) socket.destroy();
      for (const frame of frames ?? []) {
        if (frame.kind === "ping") flow.send(PONG);
        else {
          socket.setTimeout(0);
          this.#handler.message(flow, frame.head, frame.body);
        }
      }
    });
  }
}

const PONG = Buffer.from("\r\n");

class TcpFlow implements Flow {
  readonly transport = "TCP";
  readonly remoteIp: string;
  readonly remotePort: number;
  readonly localIp: string;
  readonly localPort: number;
  readonly #socket: Socket;
  readonly #listeners = new CloseListeners();

  constructor(socket: Socket) {
    this.#socket = socket;
    this.remoteIp = plainAddress(socket.remoteAddress ?? "");
    this.remotePort = socket.remotePort ?? 0;
    this.localIp = plainAddress(socket.localAddress ?? "");
    this.localPort = socket.localPort ?? 0;
  }

  get isOpen(): boolean {
    return this.#listeners.isOpen;
  }

  send(bytes: Buffer): void {
    if (!this.isOpen) return;
    const socket = this.#socket;
    if (socket.writableLength > MOST_UNSENT) {
      socket.destroy();
      return;
    }
    // What is sent within one turn of the event loop leaves as one: writing costs more than all the rest of a message.
    if (socket.writableCorked === 0) {
      socket.cork();
      setImmediate(() => socket.uncork());
    }
    socket.write(bytes);
  }

  onClose(listener: () => void): () => void {
    return this.#listeners.add(listener);
  }

  close(): void {
    this.#socket.destroy();
  }

  closed(): void {
    this.#listeners.close();
  }
}
