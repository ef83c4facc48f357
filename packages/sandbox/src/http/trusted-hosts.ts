import type { IncomingMessage } from "node:http";
import { isIP } from "node:net";
import { isLoopback } from "./loopback.js";
import { authorityOf } from "./target.js";

/** The hosts that the sandbox stands in for when it's used as a proxy. */
const SIPGATE_HOSTS: ReadonlySet<string> = new Set(["api.sipgate.com", "login.sipgate.com"]);

const NOT_A_NAME = /[\s/?#@\\]/;

/**
 * The names and addresses that the sandbox answers to. A web page can have its own name lead to this machine (DNS
 * rebinding): its requests would count as its own, but they still carry its name.
 */
export class TrustedHosts {
  readonly #names: ReadonlySet<string>;
  readonly #isAnyAddress: boolean;

  /** @param host what the sandbox listens on */
  constructor(host: string, allowHosts: readonly string[]) {
    this.#names = new Set([host, ...allowHosts].flatMap((name) => hostNameOf(bracketed(name)) ?? []));
    // A page can't make an address lead elsewhere, so any address is fine if the sandbox listens on all of them.
    this.#isAnyAddress = host === "0.0.0.0" || host === "::";
  }

  /** Whether the request is for one of these hosts. Only HTTP/1.0 has requests that name none; browsers name it. */
  includes(request: IncomingMessage): boolean {
    const asProxy = authorityOf(request.url ?? "/");
    const authority = asProxy ?? request.headers.host;
    if (authority === undefined) return true;
    const name = hostNameOf(authority);
    if (name === undefined) return false;
    if (asProxy !== undefined && SIPGATE_HOSTS.has(name)) return true;
    return isLoopback(name) || this.#names.has(name) || (this.#isAnyAddress && isIP(name) !== 0);
  }
}

/** Why this can't be a host to allow, to be put after its name; `undefined` if it can. */
export function hostNameProblem(host: string): string | undefined {
  const name = hostNameOf(bracketed(host));
  const hasPort = isIP(host) !== 6 && /:\d*$/.test(host);
  return name === undefined || hasPort ? "must be a host name or an address, without port" : undefined;
}

/** The host of `host:port` as URLs write it, without brackets and without the dot at the end. */
function hostNameOf(authority: string): string | undefined {
  const url = `http://${authority}`;
  if (authority === "" || NOT_A_NAME.test(authority) || !URL.canParse(url)) return undefined;
  return new URL(url).hostname.replace(/^\[(.*)\]$/, "$1").replace(/\.$/, "");
}

/** IPv6 addresses are in brackets in URLs. */
function bracketed(host: string): string {
  return isIP(host) === 6 ? `[${host}]` : host;
}
