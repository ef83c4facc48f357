import type { Flow } from "../transports/flow.js";
import type { MediaSession } from "./media-session.js";
import { PlainSession } from "./rtp/plain-session.js";
import { RtpSocket } from "./rtp/rtp-socket.js";
import { WeriftSession } from "./webrtc/werift-session.js";

/** Opens the way of the audio to the phone behind a connection, on the address that the phone has reached. */
export async function openSession(flow: Flow, kind: MediaSession["kind"]): Promise<MediaSession> {
  if (kind === "WebRTC") return WeriftSession.open(flow.localIp);
  return new PlainSession(await RtpSocket.open(flow.localIp, flow.remoteIp), flow.localIp);
}
