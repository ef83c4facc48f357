import type { RTCPeerConnection, RTCRtpTransceiver } from "werift";
import type { MediaSession, Negotiated } from "../media-session.js";
import type { RtpPacket } from "../rtp/rtp-packet.js";
import { EVENT_PAYLOAD_TYPE } from "../sdp/telephone-audio.js";
import { negotiatedWith, ownSdp, withoutNames } from "./browser-sdp.js";
import { acceptFirstWay, keepEarlyData } from "./early-handshake.js";

type Werift = typeof import("werift");

let loading: Promise<Werift> | undefined;

/** Loads what WebRTC takes, which takes a quarter of a second once, and makes the certificate. */
export async function warmUp(): Promise<Werift> {
  loading ??= import("werift").then(async (werift) => {
    await werift.RTCDtlsTransport.SetupCertificate();
    return werift;
  });
  return loading;
}

/** Without a packet for this time a browser that should speak is gone, in milliseconds: it was frozen or is offline. */
const SILENCE_MS = 5_000;
const CHECK_MS = 1_000;

/** WebRTC with a browser. */
export class WeriftSession implements MediaSession {
  readonly kind = "WebRTC";
  readonly #werift: Werift;
  readonly #peer: RTCPeerConnection;
  readonly #transceiver: RTCRtpTransceiver;
  readonly #localIp: string;
  #onPacket: (packet: RtpPacket) => void = () => {};
  #onGone: () => void = () => {};
  #watch: NodeJS.Timeout | undefined;
  #lastPacketAt = 0;
  #isSilenceFine = false;

  private constructor(werift: Werift, localIp: string) {
    this.#werift = werift;
    this.#localIp = localIp;
    this.#peer = new werift.RTCPeerConnection({
      // As a full agent werift asks a public STUN server, whatever it's told. The browser begins, so lite is enough.
      iceLite: true,
      iceServers: [],
      iceUseIpv6: localIp.includes(":"),
      iceUseIpv4: !localIp.includes(":"),
      iceInterfaceAddresses: localIp.includes(":") ? { udp6: localIp } : { udp4: localIp },
      iceAdditionalHostAddresses: [localIp],
      iceFilterStunResponse: acceptFirstWay(() => this.#transceiver.dtlsTransport.iceTransport.connection),
      codecs: { audio: codecsOf(werift) },
    });
    this.#transceiver = this.#peer.addTransceiver("audio", { direction: "sendrecv" });
    this.#peer.connectionStateChange.subscribe((state) => {
      if (state === "connected") this.#connected();
      else if (state === "failed") this.#onGone();
    });
  }

  /** @param localIp the address of this machine that the browser can reach */
  static async open(localIp: string): Promise<WeriftSession> {
    return new WeriftSession(await warmUp(), localIp);
  }

  async offer(): Promise<string> {
    await this.#peer.setLocalDescription(await this.#peer.createOffer());
    keepEarlyData(this.#transceiver.dtlsTransport);
    return this.#localSdp();
  }

  async accept(sdp: string): Promise<Negotiated | undefined> {
    const negotiated = negotiatedWith(sdp);
    if (negotiated === undefined) return undefined;
    try {
      await this.#peer.setRemoteDescription({ type: "answer", sdp: withoutNames(sdp) });
      this.#use(negotiated);
      return negotiated;
    } catch {
      return undefined;
    }
  }

  async answer(sdp: string): ReturnType<MediaSession["answer"]> {
    const negotiated = negotiatedWith(sdp);
    if (negotiated === undefined) return undefined;
    try {
      await this.#peer.setRemoteDescription({ type: "offer", sdp: withoutNames(sdp) });
      await this.#peer.setLocalDescription(await this.#peer.createAnswer());
      this.#use(negotiated);
      return { sdp: this.#localSdp(), negotiated };
    } catch {
      return undefined;
    }
  }

  /** Beside werift's sender, which knows one kind of payload only. */
  send({ payloadType, marker, sequence, timestamp, payload }: RtpPacket): void {
    const { dtlsTransport, sender } = this.#transceiver;
    if (dtlsTransport.state !== "connected") return;
    const header = new this.#werift.RtpHeader({
      payloadType,
      marker,
      sequenceNumber: sequence,
      timestamp,
      ssrc: sender.ssrc,
    });
    void dtlsTransport.sendRtp(payload, header);
  }

  onPacket(listener: (packet: RtpPacket) => void): void {
    this.#onPacket = listener;
  }

  onGone(listener: () => void): void {
    this.#onGone = listener;
  }

  close(): Promise<void> {
    clearInterval(this.#watch);
    this.#onGone = () => {};
    this.#onPacket = () => {};
    return this.#peer.close().catch(() => {});
  }

  #use({ phoneDirection }: Negotiated): void {
    this.#isSilenceFine = phoneDirection === "recvonly" || phoneDirection === "inactive";
    this.#lastPacketAt = performance.now();
  }

  #connected(): void {
    if (this.#watch === undefined) this.#listen();
    this.#lastPacketAt = performance.now();
    this.#watch ??= setInterval(() => {
      if (!this.#isSilenceFine && performance.now() - this.#lastPacketAt > SILENCE_MS) this.#onGone();
    }, CHECK_MS).unref();
  }

  #listen(): void {
    this.#transceiver.dtlsTransport.onRtp.subscribe(({ header, payload }) => {
      this.#lastPacketAt = performance.now();
      this.#onPacket({
        payloadType: header.payloadType,
        marker: header.marker,
        sequence: header.sequenceNumber,
        timestamp: header.timestamp,
        ssrc: header.ssrc,
        payload,
      });
    });
  }

  #localSdp(): string {
    return ownSdp(this.#peer.localDescription?.sdp ?? "", this.#localIp);
  }
}

function codecsOf({ RTCRtpCodecParameters }: Werift): InstanceType<Werift["RTCRtpCodecParameters"]>[] {
  const audio = (name: string, payloadType: number, parameters?: string) =>
    new RTCRtpCodecParameters({
      mimeType: `audio/${name}`,
      clockRate: 8_000,
      channels: 1,
      payloadType,
      ...(parameters === undefined ? {} : { parameters }),
    });
  return [audio("PCMU", 0), audio("PCMA", 8), audio("telephone-event", EVENT_PAYLOAD_TYPE, "0-15")];
}
