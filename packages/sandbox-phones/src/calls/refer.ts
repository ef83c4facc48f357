import { parseNameAddress, userOf } from "../codec/address.js";
import type { Outgoing, SipRequest } from "../codec/message.js";
import type { TransferProgress } from "../ports.js";
import { REASONS } from "../transactions/reasons.js";
import { statusOfCause } from "./end-causes.js";
import { type Replaced, replacedIn } from "./replaced.js";

/** Whom a REFER (RFC 3515) wants the other party to talk to. */
export interface ReferTarget {
  /** What would be dialled; empty if there is nothing. */
  readonly dialled: string;
  /** The call whose other party is meant. */
  readonly replaces: Replaced | undefined;
}

/** `undefined` if the request doesn't say it properly. */
export function referTargetOf({ headers }: SipRequest): ReferTarget | undefined {
  const targets = headers.list("refer-to");
  const uri = targets.length === 1 ? parseNameAddress(targets[0] ?? "")?.uri : undefined;
  const dialled = uri === undefined ? undefined : userOf(uri);
  if (uri === undefined || dialled === undefined) return undefined;
  const replaces = headersOf(uri).get("replaces");
  if (replaces === undefined) return { dialled, replaces: undefined };
  return { dialled, replaces: replacedIn(replaces) };
}

/** What an address asks to be put into a request: behind its question mark. */
function headersOf(uri: string): ReadonlyMap<string, string> {
  const query = uri.includes("?") ? uri.slice(uri.indexOf("?") + 1) : "";
  const pairs = query.split("&").map((pair): [string, string] => {
    const [name = "", ...value] = pair.split("=");
    return [name.toLowerCase(), decoded(value.join("="))];
  });
  return new Map(pairs);
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/**
 * The headers and the body of a NOTIFY about a REFER.
 *
 * @param id the CSeq of the REFER
 * @param progress `undefined`: nothing has come of it yet
 */
export function notificationOf(
  id: number,
  progress: TransferProgress | undefined,
): Pick<Outgoing, "headers" | "body"> {
  const status = progress === undefined ? 100 : statusOfProgress(progress);
  return {
    headers: [
      ["event", `refer;id=${id}`],
      ["subscription-state", status < 200 ? "active;expires=180" : "terminated;reason=noresource"],
      ["content-type", "message/sipfrag;version=2.0"],
    ],
    body: `SIP/2.0 ${status} ${REASONS.get(status)}\r\n`,
  };
}

function statusOfProgress(progress: TransferProgress): number {
  switch (progress.kind) {
    case "ringing":
      return 180;
    case "done":
      return 200;
    case "failed":
      return statusOfCause(progress.cause);
  }
}
