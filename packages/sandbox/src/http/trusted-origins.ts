import type { IncomingMessage } from "node:http";
import { isLoopback } from "./loopback.js";
import { authorityOf } from "./target.js";

/**
 * The web pages that may use the sandbox: those of this machine, its own, and those that were allowed. Its tokens are
 * public, so any other page could place calls and read the history.
 */
export class TrustedOrigins {
  readonly #allowed: ReadonlySet<string>;

  constructor(allowed: readonly string[]) {
    this.#allowed = new Set(allowed.map(normalized));
  }

  /** @param origin the header `Origin` of the request, which browsers set and pages can't */
  includes(origin: string, request: IncomingMessage): boolean {
    if (this.#allowed.has(normalized(origin))) return true;
    if (!/^https?:\/\//i.test(origin) || !URL.canParse(origin)) return false;
    const { host, hostname } = new URL(origin);
    const own = authorityOf(request.url ?? "/") ?? request.headers.host ?? "";
    return isLoopback(hostname.replace(/^\[(.*)\]$/, "$1")) || host === own.toLowerCase();
  }
}

/** Why pages from there can't be allowed, to be put after its name; `undefined` if they can. */
export function originProblem(origin: string): string | undefined {
  if (/^[a-z][a-z\d+.-]*:\/\/[^\s/?#@\\*]+$/i.test(origin) && URL.canParse(origin)) return undefined;
  return "must be one origin, such as https://app.example; * and null would let any page use the sandbox";
}

/** As browsers write it: in lower case, without a scheme's default port. */
function normalized(origin: string): string {
  const url = URL.canParse(origin) ? new URL(origin).origin : "null";
  return url === "null" ? origin.toLowerCase() : url;
}
