// The phone itself: JsSIP, in a file of its own that is loaded only if this browser is a phone.
import JsSIP from "jssip";
import type { RTCSession } from "jssip/lib/RTCSession.js";
import type { RTCSessionEvent } from "jssip/lib/UA.js";
import type { WireSipAccount } from "../../wire/wire.js";
import { openMicrophone } from "../audio/microphone.js";
import { forgetCall, type KeptCall, keptCalls } from "./kept-calls.js";
import { headersToTakeUp } from "./sip-assumptions.js";
import { type CallEvents, SipCall } from "./sip-call.js";

export type PhoneStatus = "connecting" | "ready" | "lost" | "refused";

export interface PhoneEvents extends Omit<CallEvents, "cutOff"> {
  status(status: PhoneStatus): void;
  /** There is no microphone to take a call up with. */
  notTakenUp(): void;
  rings(call: SipCall): void;
}

/** Seconds between registrations, by which a dead connection is noticed at last. */
const REGISTERED_FOR_S = 120;
/** Broken audio is mended by a new connection, but not again and again. */
const RECONNECT_MS = 4_000;

export class Phone {
  readonly #agent: InstanceType<typeof JsSIP.UA>;
  readonly #device: string;
  readonly #events: PhoneEvents;
  readonly #calls = new Set<SipCall>();
  #isStopped = false;
  /** Whether calls have to be told of a new connection. */
  #isNew = true;
  #mayTryAtOnce = true;
  #reconnectedAt = Number.NEGATIVE_INFINITY;

  /** Registers. */
  constructor(device: string, account: WireSipAccount, events: PhoneEvents) {
    this.#device = device;
    this.#events = events;
    const host = account.server.split(":")[0] ?? "";
    this.#agent = new JsSIP.UA({
      sockets: [new JsSIP.WebSocketInterface(account.websocketUrl)],
      uri: `sip:${account.username}@${host}`,
      password: account.password,
      user_agent: "sipgate-dialer",
      session_timers: false,
      register_expires: REGISTERED_FOR_S,
      // After a first try at once.
      connection_recovery_min_interval: 1,
      connection_recovery_max_interval: 4,
    });
    this.#agent.on("connecting", () => events.status("connecting"));
    this.#agent.on("registered", () => this.#registered());
    this.#agent.on("disconnected", () => this.#disconnected());
    this.#agent.on("registrationFailed", ({ cause }) => {
      const isLost = cause === "Connection Error" || cause === "Request Timeout";
      events.status(isLost ? "lost" : "refused");
      if (isLost) this.reconnect();
    });
    this.#agent.on("newRTCSession", (event: RTCSessionEvent) => {
      if (!("ruri" in event.request) || event.originator !== "remote") return;
      const call = this.#follow(event.session as RTCSession);
      call.ring(event.request);
      events.rings(call);
    });
    this.#agent.start();
  }

  /** A connection may be dead without having been closed: after sleep, or on another network. */
  reconnect(): void {
    const now = performance.now();
    if (this.#isStopped || now - this.#reconnectedAt < RECONNECT_MS) return;
    this.#reconnectedAt = now;
    this.#mayTryAtOnce = true;
    this.#agent.transport.disconnect();
  }

  /** Dials, as a telephone does. Whom it reaches is told by `answered` and `ended`. */
  async dial(number: string): Promise<SipCall | undefined> {
    const microphone = await openMicrophone().catch(() => undefined);
    if (microphone === undefined) return undefined;
    const session = this.#agent.call(number, { mediaStream: microphone, pcConfig: { iceServers: [] } });
    const call = this.#follow(session);
    call.dial(microphone);
    return call;
  }

  /** Unregisters, and hangs up. */
  stop(): void {
    this.#isStopped = true;
    this.#agent.stop();
  }

  /** Goes, without hanging up. */
  leave(): void {
    this.#isStopped = true;
    for (const call of this.#calls) call.leave();
    this.#agent.transport.disconnect();
  }

  #follow(session: RTCSession, taken?: KeptCall): SipCall {
    const call = new SipCall(
      session,
      this.#device,
      {
        ...this.#events,
        ended: (ended) => {
          this.#calls.delete(ended);
          this.#events.ended(ended);
        },
        cutOff: () => this.reconnect(),
      },
      taken,
    );
    this.#calls.add(call);
    return call;
  }

  #registered(): void {
    this.#mayTryAtOnce = true;
    this.#events.status("ready");
    if (!this.#isNew) return;
    this.#isNew = false;
    const running = [...this.#calls].map(({ kept }) => kept?.sipCallId);
    for (const call of this.#calls) call.renew();
    for (const kept of keptCalls())
      if (kept.device === this.#device && !running.includes(kept.sipCallId)) void this.#takeUp(kept);
  }

  async #takeUp(kept: KeptCall): Promise<void> {
    const microphone = await openMicrophone().catch(() => undefined);
    if (microphone === undefined || this.#isStopped) {
      forgetCall(kept.sipCallId);
      this.#events.notTakenUp();
      return;
    }
    const session = this.#agent.call(kept.target, {
      mediaStream: microphone,
      pcConfig: { iceServers: [] },
      extraHeaders: headersToTakeUp(kept),
    });
    this.#follow(session, kept).dial(microphone);
  }

  #disconnected(): void {
    if (this.#isStopped) return;
    this.#isNew = true;
    this.#events.status("lost");
    if (!this.#mayTryAtOnce) return;
    this.#mayTryAtOnce = false;
    queueMicrotask(() => this.#agent.transport.connect());
  }
}
