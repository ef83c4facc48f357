import type { IncomingMessage } from "node:http";
import type { Duplex } from "node:stream";
import { type RawData, type WebSocket, WebSocketServer } from "ws";
import { LONGEST_BODY, LONGEST_HEAD } from "../codec/limits.js";
import { CloseListeners, type Flow, type FlowHandler, MOST_UNSENT, plainAddress } from "./flow.js";

/** How often a browser is pinged, in milliseconds. If it doesn't answer until the next ping, it's gone. */
const PING_MS = 10_000;
const MOST_CONNECTIONS = 1_000;
/** RFC 7118: the name of SIP in WebSocket's handshake. */
const SUBPROTOCOL = "sip";

const END_OF_HEAD = Buffer.from("\r\n\r\n");

/** SIP over WebSocket (RFC 7118), on connections that the sandbox's HTTP server has taken. */
export class SipWebSocketServer {
  readonly #server = new WebSocketServer({
    noServer: true,
    maxPayload: LONGEST_HEAD + LONGEST_BODY,
    perMessageDeflate: false,
    handleProtocols: (offered) => (offered.has(SUBPROTOCOL) ? SUBPROTOCOL : false),
  });
  readonly #handler: FlowHandler;
  readonly #pings = setInterval(() => this.#ping(), PING_MS).unref();
  readonly #waiting = new Set<WebSocket>();

  constructor(handler: FlowHandler) {
    this.#handler = handler;
  }

  /** Host and Origin were checked. */
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    const { remoteAddress = "", remotePort = 0, localAddress = "", localPort = 0 } = request.socket;
    const offered = (request.headers["sec-websocket-protocol"] ?? "").split(",").map((name) => name.trim());
    if (!offered.includes(SUBPROTOCOL) || this.#server.clients.size >= MOST_CONNECTIONS) {
      socket.end("HTTP/1.1 400 Bad Request\r\nConnection: close\r\nContent-Length: 0\r\n\r\n");
      return;
    }
    this.#server.handleUpgrade(request, socket, head, (websocket) => {
      const flow = new WebSocketFlow(websocket, remoteAddress, remotePort, localAddress, localPort);
      websocket.on("error", () => websocket.terminate());
      websocket.on("close", () => {
        this.#waiting.delete(websocket);
        flow.closed();
      });
      websocket.on("pong", () => this.#waiting.delete(websocket));
      websocket.on("message", (data) => this.#receive(flow, data));
    });
  }

  close(): Promise<void> {
    clearInterval(this.#pings);
    for (const websocket of this.#server.clients) websocket.terminate();
    return new Promise((resolve) => this.#server.close(() => resolve()));
  }

  /** Each message is a whole one of SIP, or an empty line to keep the connection. */
  #receive(flow: Flow, data: RawData): void {
    const bytes = Buffer.isBuffer(data)
      ? data
      : Buffer.concat(Array.isArray(data) ? data : [Buffer.from(data)]);
    const end = bytes.indexOf(END_OF_HEAD);
    if (end === -1 || end === 0) return;
    if (end > LONGEST_HEAD) flow.close();
    else
      this.#handler.message(flow, bytes.toString("utf8", 0, end), bytes.subarray(end + END_OF_HEAD.length));
  }

  #ping(): void {
    for (const websocket of this.#server.clients) {
      if (this.#waiting.has(websocket)) websocket.terminate();
      else {
        this.#waiting.add(websocket);
        websocket.ping();
      }
    }
  }
}

class WebSocketFlow implements Flow {
  readonly transport = "WS";
  readonly remoteIp: string;
  readonly remotePort: number;
  readonly localIp: string;
  readonly localPort: number;
  readonly #websocket: WebSocket;
  readonly #listeners = new CloseListeners();

  constructor(
    websocket: WebSocket,
    remoteIp: string,
    remotePort: number,
    localIp: string,
    localPort: number,
  ) {
    this.#websocket = websocket;
    this.remoteIp = plainAddress(remoteIp);
    this.remotePort = remotePort;
    this.localIp = plainAddress(localIp);
    this.localPort = localPort;
  }

  get isOpen(): boolean {
    return this.#listeners.isOpen;
  }

  /** SIP is text, and browsers expect it as such. */
  send(bytes: Buffer): void {
    if (!this.isOpen) return;
    if (this.#websocket.bufferedAmount > MOST_UNSENT) this.#websocket.terminate();
    else this.#websocket.send(bytes, { binary: false });
  }

  onClose(listener: () => void): () => void {
    return this.#listeners.add(listener);
  }

  close(): void {
    this.#websocket.terminate();
  }

  closed(): void {
    this.#listeners.close();
  }
}
