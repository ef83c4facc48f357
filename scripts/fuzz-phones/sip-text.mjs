// What both sides of a call need to speak SIP as text.
import { createHash } from "node:crypto";

const md5 = (text) => createHash("md5").update(text).digest("hex");

/** The value of `Authorization` or `Proxy-Authorization`. @param challenge the response that asks for it */
export function proofFor(device, challenge, method, uri) {
  const nonce = /nonce="([^"]*)"/.exec(challenge ?? "")?.[1] ?? "";
  const username = `1000000${device}`;
  const secret = md5(`${username}:sipgate-sandbox:sip-secret-1000000-${device}`);
  const response = md5(`${secret}:${nonce}:00000001:1:auth:${md5(`${method}:${uri}`)}`);
  return `Digest username="${username}", realm="sipgate-sandbox", nonce="${nonce}", uri="${uri}", response="${response}", algorithm=MD5, qop=auth, nc=00000001, cnonce="1"`;
}

/** Hands over each message that arrives by TCP. */
export function readMessages(socket, take) {
  let text = "";
  socket.on("error", () => {});
  socket.setEncoding("latin1").on("data", (data) => {
    text += data;
    for (;;) {
      const end = text.indexOf("\r\n\r\n");
      const length = Number(/\r\nContent-Length: (\d+)/.exec(text.slice(0, end))?.[1] ?? 0);
      if (end === -1 || text.length < end + 4 + length) return;
      take(text.slice(0, end + 4 + length));
      text = text.slice(end + 4 + length);
    }
  });
}
