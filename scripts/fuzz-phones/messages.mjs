// Messages and packets of phones, before they are broken.

/** Such as phones and browsers send. @param place `host:port` of the sandbox */
export function realMessages(place) {
  const sdp =
    "v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=-\r\nc=IN IP4 127.0.0.1\r\nt=0 0\r\nm=audio 9 RTP/AVP 0 8 101\r\na=rtpmap:0 PCMU/8000\r\na=rtpmap:101 telephone-event/8000\r\na=fmtp:101 0-15\r\na=ptime:20\r\na=sendrecv\r\n";
  const browser = `v=0\r\no=- 1 2 IN IP4 127.0.0.1\r\ns=-\r\nt=0 0\r\na=group:BUNDLE 0\r\nm=audio 9 UDP/TLS/RTP/SAVPF 111 0 8 126\r\nc=IN IP4 0.0.0.0\r\na=candidate:1 1 udp 2122260223 127.0.0.1 50000 typ host\r\na=ice-ufrag:abcd\r\na=ice-pwd:abcdefghijklmnopqrstuvwx\r\na=fingerprint:sha-256 ${"AB:".repeat(31)}AB\r\na=setup:actpass\r\na=mid:0\r\na=rtcp-mux\r\na=rtpmap:126 telephone-event/8000\r\n`;
  const message = (method, body, ...headers) =>
    [
      `${method} sip:e3@${place} SIP/2.0`,
      `Via: SIP/2.0/TCP 127.0.0.1:5070;branch=z9hG4bK1;rport`,
      `From: "Phone" <sip:1000000e0@${place}>;tag=1`,
      `To: <sip:e3@${place}>`,
      "Call-ID: fuzz@127.0.0.1",
      `CSeq: 1 ${method}`,
      "Max-Forwards: 70",
      `Contact: <sip:1000000e0@127.0.0.1:5070;transport=tcp>;expires=600;+sip.instance="<urn:uuid:1>"`,
      ...headers,
      `Content-Length: ${body.length}`,
      "",
      body,
    ].join("\r\n");
  const proof =
    'Digest username="1000000e0", realm="sipgate-sandbox", nonce="1.2", uri="sip:x", response="00000000000000000000000000000000", algorithm=MD5, qop=auth, nc=00000001, cnonce="1"';
  return [
    message("REGISTER", "", `Authorization: ${proof}`, "Expires: 600"),
    message("INVITE", sdp, "Content-Type: application/sdp", `Proxy-Authorization: ${proof}`),
    message("INVITE", browser, "Content-Type: application/sdp"),
    message("OPTIONS", ""),
    message("BYE", ""),
    message("CANCEL", ""),
    message("ACK", ""),
    message("INFO", "Signal=5\r\nDuration=160\r\n", "Content-Type: application/dtmf-relay"),
    message("NOTIFY", "", "Event: refer", "Subscription-State: active"),
    message("OPTIONS", "").replace(/^[^\r]*/, "SIP/2.0 200 OK"),
  ].map((text) => Buffer.from(text));
}

/** RTP with audio, a tone, or STUN. */
export function packet(random) {
  if (random(3) === 0) return Buffer.from("000100002112a442000000000000000000000000", "hex");
  const rtp = Buffer.alloc(172, 0xff);
  rtp.writeUInt16BE(0x8000 | [0, 8, 101][random(3)], 0);
  return rtp;
}
