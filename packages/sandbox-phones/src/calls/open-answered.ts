import type { MediaSession } from "../media/media-session.js";
import { parseSdp } from "../media/sdp/session-description.js";
import type { Flow } from "../transports/flow.js";
import type { CallContext } from "./call-context.js";

export interface Answered {
  readonly session: MediaSession;
  readonly answer: NonNullable<Awaited<ReturnType<MediaSession["answer"]>>>;
}

/**
 * The way of the audio that a phone offers.
 *
 * @returns nothing if there is nothing in common
 */
export async function openAnswered(
  { openSession }: CallContext,
  flow: Flow,
  offer: string,
): Promise<Answered | undefined> {
  const isWebRtc = parseSdp(offer)?.media.some(({ protocol }) => protocol.includes("TLS")) ?? false;
  const session = await openSession(flow, isWebRtc ? "WebRTC" : "RTP");
  const answer = await session.answer(offer);
  if (answer !== undefined) return { session, answer };
  session.close();
  return undefined;
}
