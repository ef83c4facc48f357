import type { Addresses } from "./media-service.js";
import type { MediaSession } from "./media-session.js";
import { PlainSession } from "./rtp/plain-session.js";
import { RtpSocket } from "./rtp/rtp-socket.js";
import { WeriftSession } from "./webrtc/werift-session.js";

/** Opens the way of the audio to a phone, on the address that the phone has reached. */
export async function openSession(
  kind: MediaSession["kind"],
  { localIp, remoteIp }: Addresses,
): Promise<MediaSession> {
  if (kind === "WebRTC") return WeriftSession.open(localIp);
  return new PlainSession(await RtpSocket.open(localIp, remoteIp), localIp);
}
