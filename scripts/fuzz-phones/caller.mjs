// A phone that has the right password, and sends whatever it's told to.
import { once } from "node:events";
import { proofFor, readMessages } from "./sip-text.mjs";

const DEVICE = "e0";
const USERNAME = `1000000${DEVICE}`;
/** What is dialled: the sandbox's device that answers at once. */
export const DIALLED = "e3";

/** A connection by TCP or WebSocket, as both are used here. */
class Caller {
  /** The messages so far, as text. */
  received = [];
  isClosed = false;
  #send;
  #place;
  #sequence = 0;
  #news = [];

  /** @param place `host:port` of the sandbox; @param send takes the bytes of a message */
  constructor(place, send) {
    this.#place = place;
    this.#send = send;
  }

  take(text) {
    this.received.push(text);
    this.#tell();
  }

  closed() {
    this.isClosed = true;
    this.#tell();
  }

  #tell() {
    for (const news of this.#news.splice(0)) news();
  }

  /** The first message that has these words; `undefined` if none comes within the time, or the connection is closed. */
  async next(words, milliseconds = 2_000) {
    const end = performance.now() + milliseconds;
    for (;;) {
      const found = this.received.find((text) => words.every((word) => text.includes(word)));
      const left = end - performance.now();
      if (found !== undefined || this.isClosed || left <= 0) return found;
      let timer;
      await new Promise((resolve) => {
        this.#news.push(resolve);
        timer = setTimeout(resolve, left);
      });
      clearTimeout(timer);
    }
  }

  /** Dials with the right password. @returns the last response, and what further requests of the call begin with */
  async dial(body, change) {
    const callId = `fuzz-${Math.random()}`;
    const uri = `sip:${DIALLED}@${this.#place}`;
    const parties = [`From: <sip:${USERNAME}@${this.#place}>;tag=1`, `To: <${uri}>`, `Call-ID: ${callId}`];
    this.send("INVITE", uri, parties, body, (text) => text);
    const challenge = await this.next([callId, "407"]);
    const proof = `Proxy-Authorization: ${proofFor(DEVICE, challenge, "INVITE", uri)}`;
    this.send("INVITE", uri, [...parties, proof], body, change);
    const last = await this.next([callId, "SIP/2.0 2"], 300);
    const to = /\r\n(To: [^\r]*)/.exec(last ?? "")?.[1] ?? parties[1];
    return { response: last, uri, parties: [parties[0], to, parties[2]] };
  }

  /** @param change breaks the message, or not */
  send(method, uri, headers, body, change) {
    this.#sequence += 1;
    const text = [
      `${method} ${uri} SIP/2.0`,
      `Via: SIP/2.0/TCP 127.0.0.1:5070;branch=z9hG4bK${this.#sequence}${Math.random()};rport`,
      ...headers,
      `CSeq: ${this.#sequence} ${method}`,
      "Max-Forwards: 70",
      `Contact: <sip:${USERNAME}@127.0.0.1:5070;transport=tcp>`,
      ...(body === "" ? [] : ["Content-Type: application/sdp"]),
    ].join("\r\n");
    this.#send(change(`${text}\r\nContent-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`));
  }
}

/** Reads a TCP connection message by message. */
export function callerOn(socket, place) {
  const caller = new Caller(place, (bytes) => socket.write(bytes));
  socket.on("close", () => caller.closed());
  readMessages(socket, (text) => caller.take(text));
  return caller;
}

/** A WebSocket has one message in each of its own. */
export async function callerOnWebSocket(websocket, place) {
  const caller = new Caller(place, (bytes) => websocket.send(bytes));
  websocket.on("error", () => {});
  websocket.on("close", () => caller.closed());
  websocket.on("message", (data) => caller.take(data.toString()));
  await once(websocket, "open");
  return caller;
}
