// A phone that answers each call.
import { once } from "node:events";
import { connect } from "node:net";
import { proofFor, readMessages } from "./sip-text.mjs";

const SDP =
  "v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=-\r\nc=IN IP4 127.0.0.1\r\nt=0 0\r\nm=audio 9 RTP/AVP 0 101\r\n";

export class Callee {
  #socket;
  #waiting = [];

  constructor(socket) {
    this.#socket = socket;
  }

  static async register(sipServer, device) {
    const [host, port] = sipServer.split(":");
    const socket = connect(Number(port), host);
    await once(socket, "connect");
    const callee = new Callee(socket);
    readMessages(socket, (message) => callee.#take(message));
    const username = `1000000${device}`;
    const uri = `sip:${sipServer}`;
    const request = (sequence, proof) =>
      callee.#request(
        `REGISTER ${uri} SIP/2.0\r\nVia: SIP/2.0/TCP 127.0.0.1;branch=z9hG4bK${sequence}\r\nFrom: <sip:${username}@${host}>;tag=1\r\nTo: <sip:${username}@${host}>\r\nCall-ID: callee\r\nCSeq: ${sequence} REGISTER\r\nContact: <sip:${username}@127.0.0.1>\r\nExpires: 3600\r\n${proof}Content-Length: 0\r\n\r\n`,
      );
    const challenge = await request(1, "");
    const proof = proofFor(device, challenge, "REGISTER", uri);
    const answer = await request(2, `Authorization: ${proof}\r\n`);
    if (!answer.startsWith("SIP/2.0 200")) throw new Error(answer);
    return callee;
  }

  close() {
    this.#socket.destroy();
  }

  #request(text) {
    this.#socket.write(text);
    return new Promise((resolve) => this.#waiting.push(resolve));
  }

  #take(message) {
    const line = (name) => new RegExp(`\r\n(${name}: [^\r]*)`).exec(message)?.[1] ?? "";
    const [method] = message.split(" ");
    if (method === "SIP/2.0") this.#waiting.shift()?.(message);
    else if (method !== "ACK") {
      const body = method === "INVITE" ? SDP : "";
      const tag = line("To").includes("tag=") ? "" : ";tag=callee";
      const type = body === "" ? "" : "Content-Type: application/sdp\r\n";
      this.#socket.write(
        `SIP/2.0 200 OK\r\n${line("Via")}\r\n${line("From")}\r\n${line("To")}${tag}\r\n${line("Call-ID")}\r\n${line("CSeq")}\r\nContact: <sip:callee@127.0.0.1>\r\n${type}Content-Length: ${body.length}\r\n\r\n${body}`,
      );
    }
  }
}
