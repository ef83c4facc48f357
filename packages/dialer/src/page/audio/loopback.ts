/** How long a connection within this machine may take, in milliseconds. */
const GIVE_UP_AFTER_MS = 5_000;

/**
 * Whether this browser can send and receive sound over the network at all: from one connection to another of its own.
 * The way to sipgate is measured in a call only.
 */
export async function loopsBack(stream: MediaStream): Promise<boolean> {
  const [one, other] = [new RTCPeerConnection(), new RTCPeerConnection()];
  try {
    for (const [from, to] of [
      [one, other],
      [other, one],
    ] as const)
      from.addEventListener(
        "icecandidate",
        ({ candidate }) => void to.addIceCandidate(candidate ?? undefined).catch(() => {}),
      );
    for (const track of stream.getAudioTracks()) one.addTrack(track, stream);
    await one.setLocalDescription(await one.createOffer());
    if (one.localDescription !== null) await other.setRemoteDescription(one.localDescription);
    await other.setLocalDescription(await other.createAnswer());
    if (other.localDescription !== null) await one.setRemoteDescription(other.localDescription);
    return await receives(other);
  } finally {
    one.close();
    other.close();
  }
}

async function receives(connection: RTCPeerConnection): Promise<boolean> {
  const end = performance.now() + GIVE_UP_AFTER_MS;
  while (performance.now() < end) {
    const reports = [...(await connection.getStats()).values()];
    if (reports.some(({ type, packetsReceived }) => type === "inbound-rtp" && Number(packetsReceived) > 5))
      return true;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  return false;
}
