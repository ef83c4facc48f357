import type { PeerConfig, RTCDtlsTransport } from "werift";

/*
 * A browser knows our address and password from our offer. So it can check the way and begin the handshake while its
 * answer is on its way to us. Together this takes 130 ms less than to wait.
 */

/** How many packets are kept that come before the browser's answer. */
const MOST_EARLY = 8;

type OnCheck = NonNullable<PeerConfig["iceFilterStunResponse"]>;
type Connection = RTCDtlsTransport["iceTransport"]["connection"];

const NOMINATES = "USE-CANDIDATE";

/**
 * We answer on the way of the browser's first check. The browser chooses a way 50 ms later, and werift waits for that.
 * Whichever way it chooses then, or later, counts from there on; werift alone would stay with the first.
 */
export function acceptFirstWay(connection: () => Connection): OnCheck {
  return (check, [ip, port]) => {
    const ice = connection();
    const { nominated } = ice;
    if (!isOf(check, ice)) return true;
    if (nominated === undefined) check.setAttribute(NOMINATES, null);
    else if (check.attributesKeys.includes(NOMINATES)) {
      const [usedIp, usedPort] = nominated.remoteAddr;
      if (usedIp !== ip || usedPort !== port) ice.resetNominatedPair();
    }
    return true;
  };
}

/** Whether who checks knows our SDP, and has sent the answer if there is one. */
function isOf(check: Parameters<OnCheck>[0], { localUsername, remoteUsername }: Connection): boolean {
  const username = String(check.getAttributeValue("USERNAME"));
  return remoteUsername === ""
    ? username.startsWith(`${localUsername}:`)
    : username === `${localUsername}:${remoteUsername}`;
}

/** werift doesn't listen yet to a handshake that begins early. Lost, the browser would begin it again 50 ms later. */
export function keepEarlyData(dtls: RTCDtlsTransport): void {
  const { onData } = dtls.iceTransport.connection;
  const early: Buffer[] = [];
  const { unSubscribe } = onData.subscribe((data) => {
    if (early.length < MOST_EARLY) early.push(data);
  });
  dtls.onStateChange.subscribe((state) => {
    if (state !== "connecting") return;
    unSubscribe();
    // It listens as soon as it has said so.
    queueMicrotask(() => {
      for (const data of early.splice(0)) onData.execute(data);
    });
  });
}
