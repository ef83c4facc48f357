import { userOf } from "../codec/address.js";
import type { Exchange, Extension } from "../ports.js";
import type { ServerTransaction } from "../transactions/server-transaction.js";
import type { Flow } from "../transports/flow.js";
import { isRightResponse, Nonces, parseDigest, REALM } from "./digest.js";
import { WrongPasswords } from "./wrong-passwords.js";

/** Who a phone has proven to be. */
export interface Authenticated {
  readonly username: string;
  readonly extension: Extension;
}

/** Lets phones prove with a password who they are. */
export class Authenticator {
  readonly #exchange: Exchange;
  readonly #nonces = new Nonces();
  readonly #wrongPasswords = new WrongPasswords();

  constructor(exchange: Exchange) {
    this.#exchange = exchange;
  }

  /** @returns `undefined` if the request was answered: it lacks a proof, or has a wrong one */
  authenticate(transaction: ServerTransaction, status: 401 | 407): Authenticated | undefined {
    const { request, flow } = transaction;
    const digest = parseDigest(
      request.headers.get(status === 401 ? "authorization" : "proxy-authorization") ?? "",
    );
    const state = digest === undefined ? "wrong" : this.#nonces.check(digest.nonce, connectionOf(flow));
    if (digest === undefined || state !== "valid") {
      this.#challenge(transaction, status, state === "stale");
      return undefined;
    }
    const { username } = digest;
    const known = this.#exchange.credentialsOf(username);
    if (known === undefined || !isRightResponse(digest, request.method, known.password)) {
      this.#wrongPasswords.refuse(username, () => transaction.respond(403));
      return undefined;
    }
    if (userOf(request.from.uri) !== username) {
      transaction.respond(403); // A phone speaks for itself alone.
      return undefined;
    }
    return { username, extension: known.extension };
  }

  close(): void {
    this.#wrongPasswords.close();
  }

  #challenge(transaction: ServerTransaction, status: 401 | 407, isStale: boolean): void {
    const nonce = this.#nonces.create(connectionOf(transaction.flow));
    const stale = isStale ? ", stale=true" : "";
    const value = `Digest realm="${REALM}", nonce="${nonce}", algorithm=MD5, qop="auth"${stale}`;
    transaction.respond(status, {
      headers: [[status === 401 ? "www-authenticate" : "proxy-authenticate", value]],
    });
  }
}

function connectionOf({ remoteIp, remotePort }: Flow): string {
  return `${remoteIp} ${remotePort}`;
}
