import { createSocket, type RemoteInfo, type Socket } from "node:dgram";
import { isIPv6 } from "node:net";

/** Where a phone wants its audio. */
export interface RtpAddress {
  readonly ip: string;
  readonly port: number;
}

/**
 * Plain RTP with one phone. Audio goes where the phone's SDP says, until its own arrives: then there, since a phone may
 * be behind a translator of addresses. Only the addresses of the phone are listened to.
 */
export class RtpSocket {
  readonly #socket: Socket;
  readonly #signallingIp: string;
  #remote: RtpAddress | undefined;
  #state: "unconnected" | "connecting" | "connected" | "closed" = "unconnected";
  #onPacket: (bytes: Buffer) => void = () => {};

  private constructor(socket: Socket, signallingIp: string) {
    this.#socket = socket;
    this.#signallingIp = signallingIp;
    socket.on("error", () => {}); // Nobody listens there, or no longer: the call goes on.
    socket.on("message", (bytes, from) => this.#receive(bytes, from));
  }

  /**
   * @param localIp the address of this machine that the phone can reach
   * @param signallingIp where the phone's SIP comes from
   */
  static open(localIp: string, signallingIp: string): Promise<RtpSocket> {
    const socket = createSocket(isIPv6(localIp) ? "udp6" : "udp4");
    return new Promise((resolve, reject) => {
      socket.once("error", reject);
      socket.bind(0, localIp, () => {
        socket.off("error", reject);
        resolve(new RtpSocket(socket, signallingIp));
      });
    });
  }

  get port(): number {
    return this.#socket.address().port;
  }

  onPacket(listener: (bytes: Buffer) => void): void {
    this.#onPacket = listener;
  }

  /** Where the phone's SDP says that its audio is to go. */
  sendTo(remote: RtpAddress): void {
    const isSame = this.#remote?.ip === remote.ip && this.#remote.port === remote.port;
    this.#remote = remote;
    if (isSame || this.#state !== "connected") return;
    this.#socket.disconnect();
    this.#state = "unconnected";
  }

  send(bytes: Buffer): void {
    if (this.#remote === undefined || this.#state === "closed") return;
    if (this.#state === "connected") this.#socket.send(bytes);
    else if (this.#state === "unconnected") this.#socket.send(bytes, this.#remote.port, this.#remote.ip);
  }

  close(): void {
    if (this.#state === "closed") return;
    this.#state = "closed";
    this.#socket.close();
  }

  #receive(bytes: Buffer, from: RemoteInfo): void {
    if (this.#state === "closed" || this.#remote === undefined) return;
    if (this.#state === "unconnected") {
      if (from.address !== this.#remote.ip && from.address !== this.#signallingIp) return;
      this.#connect({ ip: from.address, port: from.port });
    }
    this.#onPacket(bytes);
  }

  /** The kernel then looks up the way once, not for each packet: that is a third of the work. */
  #connect(remote: RtpAddress): void {
    this.#state = "connecting";
    this.#remote = remote;
    this.#socket.connect(remote.port, remote.ip, () => {
      if (this.#state === "connecting") this.#state = "connected";
    });
  }
}
