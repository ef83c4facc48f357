// A SIP phone that does exactly what a test says. It shares no code with the package: it's text over TCP.
import { createHash } from "node:crypto";
import { once } from "node:events";
import { connect, type Socket } from "node:net";
import type { Duplex } from "node:stream";
import { onTestFinished } from "vitest";
import { createWebSocketStream, WebSocket } from "ws";
import type { PhoneAccount } from "./baresip.js";
import type { BrowserAccount } from "./browser-phone.js";
import { until } from "./until.js";

/** A message that has arrived. */
export class Received {
  readonly startLine: string;
  readonly body: string;
  readonly #lines: readonly string[];

  constructor(text: string) {
    const [head = "", ...body] = text.split("\r\n\r\n");
    const [startLine = "", ...lines] = head.split("\r\n");
    this.startLine = startLine;
    this.#lines = lines;
    this.body = body.join("\r\n\r\n");
  }

  get method(): string {
    return this.startLine.split(" ")[0] ?? "";
  }

  get status(): number {
    return Number(/^SIP\/2\.0 (\d+)/.exec(this.startLine)?.[1] ?? 0);
  }

  header(name: string): string {
    const prefix = `${name.toLowerCase()}:`;
    const line = this.#lines.find((each) => each.toLowerCase().startsWith(prefix));
    return line?.slice(prefix.length).trim() ?? "";
  }
}

export class RawPhone {
  readonly received: Received[] = [];
  readonly account: PhoneAccount;
  readonly socket: Duplex & Partial<Pick<Socket, "localPort" | "resetAndDestroy">>;
  /** The number of its last request. */
  sequence = 0;
  isClosed = false;

  private constructor(account: PhoneAccount, socket: RawPhone["socket"]) {
    this.account = account;
    this.socket = socket;
  }

  static async connect(account: PhoneAccount): Promise<RawPhone> {
    const [host, port] = account.sipServer.split(":");
    const socket = connect(Number(port), host);
    await once(socket, "connect");
    return RawPhone.#over(socket, account);
  }

  /** Connects and registers by WebSocket, as browsers do. */
  static async registerByWebSocket(account: BrowserAccount): Promise<RawPhone> {
    const websocket = new WebSocket(account.sipServerWebsocketUrl, "sip");
    await once(websocket, "open");
    return await RawPhone.#over(createWebSocketStream(websocket), account).#registered(600);
  }

  static #over(socket: RawPhone["socket"], account: PhoneAccount): RawPhone {
    const phone = new RawPhone(account, socket);
    onTestFinished(() => void socket.destroy());
    phone.#read();
    return phone;
  }

  /** Connects and registers. */
  static async register(account: PhoneAccount, expires = 600): Promise<RawPhone> {
    return (await RawPhone.connect(account)).#registered(expires);
  }

  async #registered(expires: number): Promise<this> {
    const response = await this.registerAgain(expires);
    if (response.status !== 200) throw new Error(response.startLine);
    return this;
  }

  get contact(): string {
    return `<sip:${this.account.username}@127.0.0.1:${this.socket.localPort ?? 5060};transport=tcp>`;
  }

  async registerAgain(expires: number, password = this.account.password): Promise<Received> {
    const headers = [`Contact: ${this.contact}`, `Expires: ${expires}`];
    const challenge = await this.request("REGISTER", `sip:${this.account.sipServer}`, headers);
    const account = { ...this.account, password };
    const authorization = authorizationFor(account, challenge, "REGISTER", `sip:${account.sipServer}`);
    return this.request("REGISTER", `sip:${this.account.sipServer}`, [
      ...headers,
      `Authorization: ${authorization}`,
    ]);
  }

  /** Sends a request outside of a call. Resolves with its last response. */
  request(method: string, uri: string, headers: readonly string[], body = ""): Promise<Received> {
    const { username, sipServer } = this.account;
    const to = method === "REGISTER" ? `sip:${username}@${sipServer}` : uri;
    const parties = [`From: <sip:${username}@${sipServer}>;tag=raw`, `To: <${to}>`];
    return this.#request(method, uri, [...parties, ...headers], body);
  }

  /** Sends a request in a call that has rung this phone. Resolves with its last response. */
  requestInCall(
    invite: Received,
    method: string,
    headers: readonly string[] = [],
    body = "",
  ): Promise<Received> {
    const uri = /<([^>]*)>/.exec(invite.header("Contact"))?.[1] ?? "";
    const parties = [`From: ${invite.header("To")};tag=raw`, `To: ${invite.header("From")}`];
    const callId = `Call-ID: ${invite.header("Call-ID")}`;
    return this.#request(method, uri, [...parties, callId, `Contact: ${this.contact}`, ...headers], body);
  }

  async #request(method: string, uri: string, headers: readonly string[], body: string): Promise<Received> {
    this.sequence += 1;
    const branch = `z9hG4bK-${this.account.username}-${this.socket.localPort}-${this.sequence}`;
    const callId = headers.some((line) => line.startsWith("Call-ID:")) ? [] : [`Call-ID: ${branch}`];
    this.send(
      [
        `${method} ${uri} SIP/2.0`,
        `Via: SIP/2.0/TCP 127.0.0.1:${this.socket.localPort ?? 5060};branch=${branch}`,
        ...callId,
        `CSeq: ${this.sequence} ${method}`,
        "Max-Forwards: 70",
        ...headers,
      ],
      body,
    );
    const isMine = (message: Received) =>
      message.status >= 200 && message.header("Via").includes(`branch=${branch}`);
    await until(
      () => this.received.some(isMine),
      () => `a response to ${method}`,
    );
    return this.received.find(isMine) as Received;
  }

  send(lines: readonly string[], body = ""): void {
    this.socket.write([...lines, `Content-Length: ${Buffer.byteLength(body)}`, "", body].join("\r\n"));
  }

  /** Waits for a request. */
  async next(method: string, count = 1): Promise<Received> {
    const found = () => this.received.filter((message) => message.method === method);
    await until(
      () => found().length >= count,
      () => `${method}; there was ${this.received.map((m) => m.startLine)}`,
    );
    return found()[count - 1] as Received;
  }

  respond(
    request: Received,
    status: string,
    { tag = "raw", headers = [], body = "" }: RawResponse = {},
  ): void {
    this.send(
      [
        `SIP/2.0 ${status}`,
        ...["Via", "From"].map((name) => `${name}: ${request.header(name)}`),
        `To: ${request.header("To")}${request.header("To").includes("tag=") ? "" : `;tag=${tag}`}`,
        ...["Call-ID", "CSeq"].map((name) => `${name}: ${request.header(name)}`),
        `Contact: ${this.contact}`,
        ...headers,
      ],
      body,
    );
  }

  /** Answers a call. Its audio goes nowhere that matters. */
  answer(invite: Received, tag = "raw"): void {
    this.respond(invite, "200 OK", { tag, headers: ["Content-Type: application/sdp"], body: SDP });
  }

  #read(): void {
    let text = "";
    this.socket.on("error", () => {});
    this.socket.on("close", () => {
      this.isClosed = true;
    });
    this.socket.on("data", (data: Buffer) => {
      text += data.toString("latin1");
      for (;;) {
        const end = text.indexOf("\r\n\r\n");
        const length = Number(/\r\ncontent-length: *(\d+)/i.exec(text.slice(0, end))?.[1] ?? 0);
        if (end === -1 || text.length < end + 4 + length) return;
        this.received.push(new Received(text.slice(0, end + 4 + length)));
        text = text.slice(end + 4 + length);
      }
    });
  }
}

/** The proof that a challenge asks for (RFC 2617). */
export function authorizationFor(
  { username, password }: PhoneAccount,
  challenge: Received,
  method: string,
  uri: string,
): string {
  const header = challenge.header("WWW-Authenticate") || challenge.header("Proxy-Authenticate");
  const value = (name: string) => new RegExp(`${name}="([^"]*)"`).exec(header)?.[1] ?? "";
  const md5 = (text: string) => createHash("md5").update(text).digest("hex");
  const [realm, nonce] = [value("realm"), value("nonce")];
  const secret = md5(`${username}:${realm}:${password}`);
  const response = md5(`${secret}:${nonce}:00000001:cafe:auth:${md5(`${method}:${uri}`)}`);
  return `Digest username="${username}", realm="${realm}", nonce="${nonce}", uri="${uri}", response="${response}", algorithm=MD5, qop=auth, nc=00000001, cnonce="cafe"`;
}

interface RawResponse {
  readonly tag?: string;
  readonly headers?: readonly string[];
  readonly body?: string;
}

/** A description of audio at the port for discarding. */
export const SDP = `v=0
o=raw 1 1 IN IP4 127.0.0.1
s=-
c=IN IP4 127.0.0.1
t=0 0
m=audio 9 RTP/AVP 0 101
a=rtpmap:101 telephone-event/8000
`.replaceAll("\n", "\r\n");
