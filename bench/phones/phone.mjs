// A SIP phone for measuring: it answers every call, and sends audio if it's told to. Written on sockets, so it takes
// less than the sandbox it measures.
import { createHash } from "node:crypto";
import { createSocket } from "node:dgram";
import { once } from "node:events";
import { connect } from "node:net";

const md5 = (text) => createHash("md5").update(text).digest("hex");

export class Phone {
  /** By Call-ID: when the INVITE came, when it was answered, when the first audio came. */
  calls = new Map();
  #socket;
  #account;
  #audio;
  #waiting = new Map();
  #sequence = 0;

  /** @param audio whether it sends and measures audio; else its calls have a port that nobody listens to */
  static async register(account, { audio = false } = {}) {
    const phone = new Phone();
    phone.#account = account;
    phone.#audio = audio;
    const [host, port] = account.sipServer.split(":");
    phone.#socket = connect({ port: Number(port), host, noDelay: true });
    await once(phone.#socket, "connect");
    phone.#read();
    const uri = `sip:${account.sipServer}`;
    const challenge = await phone.#register(uri, "");
    const nonce = /nonce="([^"]*)"/.exec(challenge)?.[1];
    const { username, password } = account;
    const response = md5(
      `${md5(`${username}:sipgate-sandbox:${password}`)}:${nonce}:00000001:1:auth:${md5(`REGISTER:${uri}`)}`,
    );
    const proof = `Authorization: Digest username="${username}", realm="sipgate-sandbox", nonce="${nonce}", uri="${uri}", response="${response}", algorithm=MD5, qop=auth, nc=00000001, cnonce="1"\r\n`;
    const registered = await phone.#register(uri, proof);
    if (!registered.startsWith("SIP/2.0 200")) throw new Error(registered);
    return phone;
  }

  close() {
    for (const call of this.calls.values()) this.#end(call);
    this.#socket.destroy();
  }

  #register(uri, proof) {
    this.#sequence += 1;
    const { username, sipServer } = this.#account;
    const { localPort } = this.#socket;
    const branch = `z9hG4bK${username}${localPort}${this.#sequence}`;
    this.#socket.write(
      `REGISTER ${uri} SIP/2.0\r\nVia: SIP/2.0/TCP 127.0.0.1:${localPort};branch=${branch}\r\nFrom: <sip:${username}@${sipServer}>;tag=1\r\nTo: <sip:${username}@${sipServer}>\r\nCall-ID: ${branch}\r\nCSeq: ${this.#sequence} REGISTER\r\nContact: <sip:${username}@127.0.0.1:${localPort};transport=tcp>\r\nExpires: 3600\r\n${proof}Content-Length: 0\r\n\r\n`,
    );
    return new Promise((resolve) => this.#waiting.set(branch, resolve));
  }

  #read() {
    let text = "";
    this.#socket.on("error", () => {});
    this.#socket.setEncoding("latin1").on("data", (data) => {
      text += data;
      for (;;) {
        const end = text.indexOf("\r\n\r\n");
        if (end === -1) return;
        const length = Number(/\r\nContent-Length: (\d+)/.exec(text.slice(0, end))?.[1] ?? 0);
        if (text.length < end + 4 + length) return;
        this.#take(text.slice(0, end + 4 + length));
        text = text.slice(end + 4 + length);
      }
    });
  }

  #take(message) {
    const line = (name) => lineOf(message, name);
    if (message.startsWith("SIP/2.0")) this.#waiting.get(/branch=([^;\r]*)/.exec(message)?.[1])?.(message);
    const method = message.slice(0, message.indexOf(" "));
    const callId = line("Call-ID").slice("Call-ID: ".length);
    if (method === "INVITE") void this.#answer(message, line, callId);
    else if (method === "BYE" || method === "CANCEL") {
      this.#respond("200 OK", line, line("To"), "");
      this.#end(this.calls.get(callId));
    }
  }

  async #answer(invite, line, callId) {
    const call = { ...newStream(), invitedAt: performance.timeOrigin + performance.now() };
    this.calls.set(callId, call);
    const to = `${line("To")};tag=${callId.slice(0, 8)}`;
    this.#respond("180 Ringing", line, to, "");
    let port = 9;
    if (this.#audio) port = await listen(call);
    call.answeredAt = performance.timeOrigin + performance.now();
    const body = `v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=-\r\nc=IN IP4 127.0.0.1\r\nt=0 0\r\nm=audio ${port} RTP/AVP 0\r\n`;
    this.#respond("200 OK", line, to, body);
    if (this.#audio) speak(call, Number(/m=audio (\d+)/.exec(invite)?.[1]));
  }

  #respond(status, line, to, body) {
    const contact = `Contact: <sip:phone@127.0.0.1:${this.#socket.localPort};transport=tcp>`;
    const type = body === "" ? "" : "Content-Type: application/sdp\r\n";
    this.#socket.write(
      `SIP/2.0 ${status}\r\n${line("Via")}\r\n${line("From")}\r\n${to}\r\n${line("Call-ID")}\r\n${line("CSeq")}\r\n${contact}\r\n${type}Content-Length: ${body.length}\r\n\r\n${body}`,
    );
  }

  #end(call) {
    if (call === undefined) return;
    clearTimeout(call.timer);
    if (!call.isOver) call.socket?.close();
    call.isOver = true;
  }
}

/** The first header of that name, with its name: found without compiling a pattern for each. */
function lineOf(message, name) {
  const start = message.indexOf(`\r\n${name}: `);
  return start === -1 ? "" : message.slice(start + 2, message.indexOf("\r\n", start + 2));
}

/** Audio as it goes without a sandbox between: what the system and this process add by themselves. */
export async function straightStream() {
  const [from, to] = [newStream(), newStream()];
  await listen(from);
  speak(from, await listen(to));
  return {
    delays: to.delays,
    close() {
      clearTimeout(from.timer);
      for (const { socket } of [from, to]) socket.close();
    },
  };
}

function newStream() {
  return { delays: [], received: 0, sent: 0 };
}

async function listen(stream) {
  stream.socket = createSocket("udp4").bind(0, "127.0.0.1");
  await once(stream.socket, "listening");
  stream.socket.on("message", (packet) => {
    if (packet.toString("latin1", 12, 16) !== "time") return; // The ringback tone.
    const now = performance.timeOrigin + performance.now();
    stream.heardAt ??= now;
    stream.received += 1;
    const number = packet.readUInt32BE(24);
    stream.first ??= number;
    stream.last = number;
    stream.delays.push(now - packet.readDoubleBE(16));
  });
  return stream.socket.address().port;
}

/** Each packet has the time at which it was sent. */
function speak(stream, port) {
  const ssrc = Math.floor(Math.random() * 2 ** 32);
  const begun = performance.now();
  const send = () => {
    while (performance.now() >= begun + stream.sent * 20) {
      const packet = Buffer.alloc(172, 0xff);
      packet.writeUInt16BE(0x8000, 0);
      packet.writeUInt16BE(stream.sent & 0xffff, 2);
      packet.writeUInt32BE(stream.sent * 160, 4);
      packet.writeUInt32BE(ssrc, 8);
      packet.write("time", 12, "latin1");
      packet.writeDoubleBE(performance.timeOrigin + performance.now(), 16);
      packet.writeUInt32BE(stream.sent, 24);
      stream.sent += 1;
      stream.socket.send(packet, port, "127.0.0.1");
    }
    stream.timer = setTimeout(send, Math.max(0, begun + stream.sent * 20 - performance.now()));
  };
  send();
}
