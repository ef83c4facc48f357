// A browser's side of a call's beginning, packet by packet: checks of the way (STUN) and the first message of DTLS.
import { createHmac, randomBytes } from "node:crypto";
import { createSocket, type Socket } from "node:dgram";
import { once } from "node:events";
import { crc32 } from "node:zlib";
import { onTestFinished } from "vitest";

const COOKIE = 0x2112a442;

/** One address of a browser. */
export class RawBrowser {
  readonly #socket: Socket;
  readonly #offer: string;
  readonly #received: Buffer[] = [];

  private constructor(socket: Socket, offer: string) {
    this.#socket = socket;
    this.#offer = offer;
    socket.on("message", (packet) => this.#received.push(packet));
  }

  /** @param offer the sandbox's SDP */
  static async open(offer: string): Promise<RawBrowser> {
    const socket = createSocket("udp4").bind(0, "127.0.0.1");
    await once(socket, "listening");
    onTestFinished(() => void socket.close());
    return new RawBrowser(socket, offer);
  }

  /** Checks the way. @returns the kind of the response: 0x0101 if it's accepted */
  async check({
    username = `${this.#value("ice-ufrag")}:${OWN.ufrag}`,
    chooses = false,
  } = {}): Promise<number> {
    const attributes = [
      attribute(0x0006, Buffer.from(username)),
      attribute(0x0024, Buffer.from([0x6e, 0x7f, 0x1e, 0xff])), // Its priority.
      attribute(0x802a, randomBytes(8)), // The browser decides.
      ...(chooses ? [attribute(0x0025, Buffer.alloc(0))] : []),
    ];
    const id = randomBytes(12);
    const signed = message(id, attributes, 24);
    const key = this.#value("ice-pwd");
    attributes.push(attribute(0x0008, createHmac("sha1", key).update(signed).digest()));
    const sum = Buffer.alloc(4);
    sum.writeUInt32BE((crc32(message(id, attributes, 8)) ^ 0x5354554e) >>> 0);
    this.#send(message(id, [...attributes, attribute(0x8028, sum)], 0));
    const response = await this.#next((packet) => packet.subarray(8, 20).equals(id));
    return response.readUInt16BE(0);
  }

  /** Begins the handshake. */
  hello(): void {
    this.#send(CLIENT_HELLO);
  }

  /** Waits for the response to `hello`. */
  async helloIsAnswered(): Promise<void> {
    await this.#next((packet) => packet[0] === 22 && packet[13] === 3);
  }

  /** Resolves with what has come since. */
  async #next(isIt: (packet: Buffer) => boolean): Promise<Buffer> {
    for (;;) {
      const index = this.#received.findIndex(isIt);
      const [found] = index === -1 ? [] : this.#received.splice(index, 1);
      if (found !== undefined) return found;
      await once(this.#socket, "message");
    }
  }

  #send(packet: Buffer): void {
    const [, ip, port] = /a=candidate:\S+ 1 udp \d+ (\S+) (\d+)/.exec(this.#offer) ?? [];
    this.#socket.send(packet, Number(port), ip);
  }

  #value(name: string): string {
    return new RegExp(`a=${name}:(\\S+)`).exec(this.#offer)?.[1] ?? "";
  }
}

const OWN = { ufrag: "mine", password: "0123456789012345678901" };

/** Its answer to the sandbox's offer. */
export const BROWSER_ANSWER = `v=0
o=raw 1 1 IN IP4 127.0.0.1
s=-
t=0 0
m=audio 9 UDP/TLS/RTP/SAVPF 0 101
c=IN IP4 0.0.0.0
a=rtpmap:101 telephone-event/8000
a=ice-ufrag:${OWN.ufrag}
a=ice-pwd:${OWN.password}
a=fingerprint:sha-256 ${Array(32).fill("AB").join(":")}
a=setup:active
a=mid:0
a=rtcp-mux
a=sendrecv
`.replaceAll("\n", "\r\n");

/** A request of STUN. @param further how many bytes its length counts that follow later */
function message(id: Buffer, attributes: readonly Buffer[], further: number): Buffer {
  const body = Buffer.concat(attributes);
  const head = Buffer.alloc(8);
  head.writeUInt16BE(1, 0);
  head.writeUInt16BE(body.length + further, 2);
  head.writeUInt32BE(COOKIE, 4);
  return Buffer.concat([head, id, body]);
}

function attribute(type: number, value: Buffer): Buffer {
  const head = Buffer.alloc(4);
  head.writeUInt16BE(type, 0);
  head.writeUInt16BE(value.length, 2);
  return Buffer.concat([head, value, Buffer.alloc((4 - (value.length % 4)) % 4)]);
}

/** DTLS 1.2's first message: one cipher, one curve. */
const CLIENT_HELLO = Buffer.from(
  [
    "16 fefd 0000 000000000000 0052", // Handshake, its number, its length
    "01 000046 0000 000000 000046", // ClientHello, whole
    "fefd",
    "ab".repeat(32),
    "00 00 0002 c02b 01 00", // No session, no cookie, ECDHE-ECDSA with AES, uncompressed
    "001a",
    "000a 0004 0002 0017", // P-256
    "000b 0002 01 00",
    "000d 0004 0002 0403",
    "0017 0000",
  ]
    .join("")
    .replaceAll(" ", ""),
  "hex",
);
