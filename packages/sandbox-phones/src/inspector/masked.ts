const MASK = "***";

/** Headers that prove who a phone is, or would let others do so. */
const SECRET_HEADERS = /^(?:proxy-)?(?:authorization|authenticate|authentication-info)$|^www-authenticate$/i;
/** Parameters of these headers that are of no use to anybody else. */
const HARMLESS = new Set(["realm", "algorithm", "qop", "uri", "username", "stale", "nc"]);
/** Keys of encrypted audio. */
const SECRET_SDP = /^a=(?:crypto:\d+ \S+ inline:|ice-pwd:)/;

/** A SIP message without what is secret. */
export function masked(head: string, body: string): string {
  const lines = head.split("\r\n").map(maskedHeader);
  const content = body.split(/\r?\n/).map((line) => {
    const secret = SECRET_SDP.exec(line)?.[0];
    return secret === undefined ? line : `${secret}${MASK}`;
  });
  return printable([...lines, "", ...content].join("\n").trimEnd());
}

function maskedHeader(line: string): string {
  const colon = line.indexOf(":");
  const name = line.slice(0, Math.max(colon, 0)).trim();
  if (!SECRET_HEADERS.test(name)) return line;
  const [scheme = "", ...rest] = line
    .slice(colon + 1)
    .trim()
    .split(" ");
  const parameters = rest
    .join(" ")
    .split(",")
    .map((part) => maskedParameter(part.trim()));
  return `${name}: ${/^digest$/i.test(scheme) ? `${scheme} ${parameters.join(", ")}` : MASK}`;
}

function maskedParameter(parameter: string): string {
  const name = parameter.split("=")[0]?.trim() ?? "";
  return HARMLESS.has(name.toLowerCase()) ? parameter : `${name}=${MASK}`;
}

/** Control characters must not reach a terminal. */
function printable(text: string): string {
  return text.replaceAll(/[^\n\x20-\x7e\u00a1-\uffff]/g, "?");
}
