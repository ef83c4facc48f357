// One call of the phone's, from its ringing to its end.
import { signal } from "@preact/signals";
import type { NameAddrHeader } from "jssip/lib/NameAddrHeader.js";
import type { CallListener, ConfirmedListener, RTCSession } from "jssip/lib/RTCSession.js";
import type { IncomingRequest, IncomingResponse } from "jssip/lib/SIPMessage.js";
import type { URI } from "jssip/lib/URI.js";
import { openMicrophone } from "../audio/microphone.js";
import { playOn } from "../audio/speaker.js";
import { CallMicrophone } from "./call-microphone.js";
import { forgetCall, type KeptCall, keepCall } from "./kept-calls.js";

export interface CallEvents {
  answered(call: SipCall): void;
  ended(call: SipCall): void;
  /** The microphone can't be used. */
  noMicrophone(call: SipCall): void;
  /** The way of the audio is broken. */
  cutOff(): void;
}

/** Another offer may be on its way. */
const RETRY_MS = 200;

/** A call that rings this browser, or runs on it. */
export class SipCall {
  /** The user part of From. */
  readonly from: string;
  /** ISO 8601; since when it's answered. */
  since = "";
  /** The order that it's the caller's side of; empty if it's for none. */
  requestId = "";
  readonly microphone = new CallMicrophone(() => this.#sender);
  /** The other party waits. */
  readonly isHeld = signal(false);
  readonly #device: string;
  readonly #session: RTCSession;
  readonly #events: CallEvents;
  readonly #audio = new Audio();
  #kept: KeptCall | undefined;
  #isLeft = false;

  /** @param taken the call that this one takes up again */
  constructor(session: RTCSession, device: string, events: CallEvents, taken?: KeptCall) {
    this.#session = session;
    this.#device = device;
    this.#events = events;
    this.#kept = taken;
    this.from = taken?.from ?? session.remote_identity.uri.user ?? "";
    this.since = taken?.since ?? "";
    this.requestId = taken?.requestId ?? "";
    session.on("peerconnection", ({ peerconnection }) => this.#listen(peerconnection));
    // An outgoing call has its connection from the beginning.
    if (session.connection) this.#listen(session.connection);
    // Candidates of this machine come at once; waiting for the last would cost seconds.
    session.on("icecandidate", ({ ready }) => ready());
    session.on("getusermediafailed", () => events.noMicrophone(this));
    session.on("ended", ({ cause }) => this.#end(cause));
    session.on("failed", ({ cause }) => this.#end(cause));
  }

  /** For its statistics. */
  get connection(): RTCPeerConnection | undefined {
    return this.#session.connection ?? undefined;
  }

  get #sender(): RTCRtpSender | undefined {
    return this.connection?.getSenders().find(({ track }) => track?.kind === "audio");
  }

  /** What it can be taken up with, once it's answered. */
  get kept(): KeptCall | undefined {
    return this.#kept;
  }

  get #waits(): boolean {
    return this.#session.isOnHold().local;
  }

  /** An INVITE has come in: what its ACK and it itself say is what the call can be taken up with. */
  ring(invite: IncomingRequest): void {
    this.#session.on("confirmed", (event: Parameters<ConfirmedListener>[0]) => {
      if ("ack" in event) this.#answered(event.ack, event.ack.from, event.ack.to, targetIn(invite));
    });
  }

  /** An INVITE of ours. */
  dial(microphone: MediaStream): void {
    this.microphone.take(microphone);
    let response: IncomingResponse | undefined;
    this.#session.on("accepted", (event: Parameters<CallListener>[0]) => {
      if ("response" in event) response = event.response;
    });
    this.#session.on("confirmed", () => {
      if (response !== undefined) this.#answered(response, response.to, response.from, targetIn(response));
    });
  }

  async answer(): Promise<void> {
    const stream = await openMicrophone().catch(() => undefined);
    if (stream === undefined) {
      this.#events.noMicrophone(this);
      return;
    }
    this.microphone.take(stream);
    if (this.#session.isEnded()) this.microphone.close();
    else this.#session.answer({ mediaStream: stream, pcConfig: { iceServers: [] } });
  }

  /** Declines it, or hangs up. */
  end(): void {
    if (this.#session.isEnded()) return;
    this.#session.terminate(this.#session.isEstablished() ? undefined : { status_code: 603 });
  }

  /** Another call has this phone. */
  refuseAsBusy(): void {
    if (!this.#session.isEnded()) this.#session.terminate({ status_code: 486 });
  }

  /** Keeps the other party waiting, or goes on. */
  wait(isWaiting: boolean): void {
    const done = isWaiting ? this.#session.hold() : this.#session.unhold();
    if (!done && this.#waits !== isWaiting && !this.#session.isEnded()) {
      setTimeout(() => this.wait(isWaiting), RETRY_MS);
      return;
    }
    this.isHeld.value = isWaiting;
    if (this.#kept !== undefined) this.#keep({ ...this.#kept, isWaiting });
  }

  /** Digits, * and #: heard by the other party. */
  sendTones(tones: string): void {
    const keys = this.#sender?.dtmf;
    keys?.insertDTMF(keys.toneBuffer + tones);
  }

  /**
   * Asks that the other party is connected with a number, or with the other party of another call (RFC 3515, 3891). If
   * that comes about, the call ends.
   *
   * @returns whether it came about
   */
  transfer(to: string | SipCall): Promise<boolean> {
    return new Promise((resolve) => {
      const eventHandlers = {
        accepted: () => {
          resolve(true);
          this.end();
        },
        failed: () => resolve(false),
        requestFailed: () => resolve(false),
      };
      this.#session.refer(typeof to === "string" ? to : to.#asTarget(), { eventHandlers });
    });
  }

  #asTarget(): URI {
    const uri = this.#session.remote_identity.uri.clone();
    const { sipCallId = "", otherTag = "", ownTag = "" } = this.#kept ?? {};
    const replaces = `${sipCallId};to-tag=${otherTag};from-tag=${ownTag}`;
    uri.setHeader("Replaces", encodeURIComponent(replaces));
    return uri;
  }

  /** The other side is told the new way for requests and for audio. */
  renew(): void {
    if (this.#isLeft || this.#session.isEnded() || !this.#session.isEstablished()) return;
    const done = this.#session.renegotiate({ rtcOfferConstraints: { iceRestart: true } });
    if (!done) setTimeout(() => this.renew(), RETRY_MS);
  }

  useSpeaker(): void {
    void playOn(this.#audio, "speaker");
  }

  /** Goes, without hanging up: the call is taken up elsewhere. */
  leave(): void {
    this.#isLeft = true;
    this.#session.connection?.close();
    this.#silence();
  }

  #answered(
    message: IncomingRequest | IncomingResponse,
    other: NameAddrHeader,
    own: NameAddrHeader,
    target: string,
  ): void {
    if (this.since === "") this.since = new Date().toISOString();
    const before = this.#kept;
    if (before !== undefined) forgetCall(before.sipCallId);
    this.#keep({
      device: this.#device,
      from: this.from,
      sipCallId: message.getHeader("call-id"),
      otherTag: other.getParam("tag"),
      ownTag: own.getParam("tag"),
      target,
      since: this.since,
      requestId: this.requestId,
      isWaiting: false,
    });
    this.#events.answered(this);
    if (before?.isWaiting === true) this.wait(true);
  }

  #keep(call: KeptCall): void {
    this.#kept = call;
    keepCall(call);
  }

  #listen(connection: RTCPeerConnection): void {
    connection.addEventListener("track", ({ track }) => {
      this.#audio.srcObject = new MediaStream([track]);
      this.useSpeaker();
      void this.#audio.play().catch(() => {});
    });
    connection.addEventListener("iceconnectionstatechange", () => {
      const state = connection.iceConnectionState;
      if (!this.#isLeft && (state === "disconnected" || state === "failed")) this.#events.cutOff();
    });
  }

  /** A call that is cut off in the middle of a request is over for JsSIP, and can still be taken up. */
  #end(cause: string): void {
    if (this.#isLeft) return;
    if (this.#kept !== undefined && !isCut(cause)) forgetCall(this.#kept.sipCallId);
    this.#silence();
    this.#events.ended(this);
  }

  #silence(): void {
    this.#audio.srcObject = null;
    // With a live track the browser wouldn't keep the page for its "back" button.
    for (const { track } of this.connection?.getReceivers() ?? []) track.stop();
    this.microphone.close();
  }
}

const isCut = (cause: string): boolean => cause === "Connection Error" || cause === "Request Timeout";

const targetIn = (message: IncomingRequest | IncomingResponse): string =>
  message.parseHeader<NameAddrHeader | undefined>("contact", 0)?.uri.toString() ?? "";
