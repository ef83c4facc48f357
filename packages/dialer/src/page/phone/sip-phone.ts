// The phone itself: JsSIP, in a file of its own that is loaded only if this browser is a phone.
import JsSIP from "jssip";
import type { RTCSession } from "jssip/lib/RTCSession.js";
import type { RTCSessionEvent } from "jssip/lib/UA.js";
import type { WireSipAccount } from "../../wire/wire.js";

export type PhoneStatus = "connecting" | "ready" | "lost" | "refused";

/** A call that rings this browser, or runs on it. */
export interface PhoneCall {
  /** The user part of From. */
  readonly from: string;
  answer(microphone: string): void;
  /** Declines it, or hangs up. */
  end(): void;
  /** Another call has this phone. */
  refuseAsBusy(): void;
}

export interface PhoneEvents {
  status(status: PhoneStatus): void;
  rings(call: PhoneCall): void;
  answered(call: PhoneCall): void;
  ended(call: PhoneCall): void;
  /** The microphone can't be used. */
  noMicrophone(call: PhoneCall): void;
}

export interface Phone {
  stop(): void;
}

/** Registers, and says what happens. */
export function startPhone(account: WireSipAccount, events: PhoneEvents): Phone {
  const host = account.server.split(":")[0] ?? "";
  const agent = new JsSIP.UA({
    sockets: [new JsSIP.WebSocketInterface(account.websocketUrl)],
    uri: `sip:${account.username}@${host}`,
    password: account.password,
    user_agent: "sipgate-dialer",
    session_timers: false,
    // A lost connection is tried again at once, and found again within 7 seconds.
    connection_recovery_min_interval: 1,
    connection_recovery_max_interval: 5,
  });
  agent.on("connecting", () => events.status("connecting"));
  agent.on("registered", () => events.status("ready"));
  agent.on("disconnected", () => events.status("lost"));
  agent.on("registrationFailed", () => events.status("refused"));
  agent.on("newRTCSession", ({ session, originator }: RTCSessionEvent) => {
    if (originator === "remote") follow(session as RTCSession, events);
  });
  const renegotiate = () => {
    for (const session of sessions) session.renegotiate({ rtcOfferConstraints: { iceRestart: true } });
  };
  addEventListener("online", renegotiate);
  agent.start();
  return {
    stop() {
      removeEventListener("online", renegotiate);
      agent.stop();
    },
  };
}

/** Calls that are answered: on another network they need another way for their sound. */
const sessions = new Set<RTCSession>();

function follow(session: RTCSession, events: PhoneEvents): void {
  const call: PhoneCall = {
    from: session.remote_identity.uri.user ?? "",
    answer: (microphone) =>
      session.answer({
        mediaConstraints: {
          audio: microphone === "" ? true : { deviceId: { ideal: microphone } },
          video: false,
        },
        pcConfig: { iceServers: [] },
      }),
    end: () => {
      if (session.isEnded()) return;
      session.terminate(session.isEstablished() ? undefined : { status_code: 603 });
    },
    refuseAsBusy: () => session.terminate({ status_code: 486 }),
  };
  const audio = new Audio();
  session.on("peerconnection", ({ peerconnection }) => {
    peerconnection.addEventListener("track", ({ track }) => {
      audio.srcObject = new MediaStream([track]);
      void audio.play().catch(() => {});
    });
  });
  // Candidates of this machine come at once; waiting for the last would cost seconds.
  session.on("icecandidate", ({ ready }) => ready());
  session.on("confirmed", () => {
    sessions.add(session);
    events.answered(call);
  });
  session.on("getusermediafailed", () => events.noMicrophone(call));
  const end = () => {
    sessions.delete(session);
    audio.srcObject = null;
    events.ended(call);
  };
  session.on("ended", end);
  session.on("failed", end);
  events.rings(call);
}
