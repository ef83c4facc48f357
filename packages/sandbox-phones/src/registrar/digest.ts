import { createHmac, hash, randomBytes, timingSafeEqual } from "node:crypto";
import { parametersOf, splitOutside } from "../codec/split.js";

/** What phones show when they ask for a password. */
export const REALM = "sipgate-sandbox";

/** How long a nonce is valid, in seconds. */
const NONCE_LIFETIME_S = 5 * 60;

/** What a phone has sent to prove who it is (RFC 2617), not checked yet. */
export interface DigestResponse {
  readonly username: string;
  readonly nonce: string;
  readonly uri: string;
  readonly response: string;
  readonly qop: string;
  readonly nc: string;
  readonly cnonce: string;
}

/** `undefined` if it's no response to our kind of challenge. */
export function parseDigest(header: string): DigestResponse | undefined {
  const rest = /^Digest\s(.*)$/is.exec(header.trim())?.[1];
  if (rest === undefined) return undefined;
  const parameters = parametersOf(splitOutside(rest, ","));
  const value = (name: string): string => parameters.get(name) ?? "";
  if (value("realm") !== REALM || !/^(?:md5)?$/i.test(value("algorithm"))) return undefined;
  if (value("qop") !== "auth") return undefined;
  return {
    username: value("username"),
    nonce: value("nonce"),
    uri: value("uri"),
    response: value("response").toLowerCase(),
    qop: value("qop"),
    nc: value("nc"),
    cnonce: value("cnonce"),
  };
}

/** Whether the response was made with the password. */
export function isRightResponse(digest: DigestResponse, method: string, password: string): boolean {
  const { username, nonce, uri, response, qop, nc, cnonce } = digest;
  const secret = md5(`${username}:${REALM}:${password}`);
  const expected = md5(`${secret}:${nonce}:${nc}:${cnonce}:${qop}:${md5(`${method}:${uri}`)}`);
  return response.length === expected.length && timingSafeEqual(Buffer.from(response), Buffer.from(expected));
}

function md5(text: string): string {
  return hash("md5", text);
}

/** Makes nonces that nothing has to be remembered of. Each is valid on one connection, for some minutes. */
export class Nonces {
  readonly #key = randomBytes(32);
  /** What was signed last: a phone comes back with its nonce at once. */
  #signed = { text: "", signature: "" };

  /** @param connection what tells the connection from others */
  create(connection: string): string {
    const time = Math.floor(Date.now() / 1_000).toString(36);
    return `${time}.${this.#sign(time, connection)}`;
  }

  check(nonce: string, connection: string): "valid" | "stale" | "wrong" {
    const [time = "", signature = ""] = nonce.split(".");
    if (signature !== this.#sign(time, connection)) return "wrong";
    return Date.now() / 1_000 - Number.parseInt(time, 36) > NONCE_LIFETIME_S ? "stale" : "valid";
  }

  #sign(time: string, connection: string): string {
    const text = `${time} ${connection}`;
    if (text === this.#signed.text) return this.#signed.signature;
    const signature = createHmac("sha256", this.#key).update(text).digest("base64url").slice(0, 27);
    this.#signed = { text, signature };
    return signature;
  }
}
