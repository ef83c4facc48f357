import { type NameAddress, parseNameAddress, userOf } from "../codec/address.js";
import type { SipRequest } from "../codec/message.js";
import type { ServerTransaction } from "../transactions/server-transaction.js";
import type { Authenticated, Authenticator } from "./authenticator.js";
import { type Binding, type Bindings, phoneKey } from "./bindings.js";

/** The longest time between two registrations, in seconds; also the default. */
const LONGEST_SECONDS = 3_600;
const LONGEST_USER_AGENT = 200;

/** Takes registrations (RFC 3261, 10). */
export class SipRegistrar {
  readonly #authenticator: Authenticator;
  readonly #bindings: Bindings;

  constructor(authenticator: Authenticator, bindings: Bindings) {
    this.#authenticator = authenticator;
    this.#bindings = bindings;
  }

  register(transaction: ServerTransaction): void {
    const authenticated = this.#authenticator.authenticate(transaction, 401);
    if (authenticated === undefined) return;
    const { request } = transaction;
    const isOwn = userOf(request.to.uri) === authenticated.username;
    const status = isOwn ? this.#change(transaction, authenticated) : 403;
    if (status !== 200) {
      transaction.respond(status);
      return;
    }
    transaction.respond(200, {
      headers: [
        ...this.#bindings
          .of(authenticated.extension)
          .map((binding) => ["contact", contactOf(binding)] as const),
        ["date", new Date().toUTCString()],
      ],
    });
  }

  /** Returns the status of the response. */
  #change({ request, flow }: ServerTransaction, { username, extension }: Authenticated): 200 | 400 | 403 {
    const values = request.headers.list("contact");
    const header = secondsIn(request.headers.get("expires"));
    if (values.includes("*")) {
      if (values.length > 1 || header !== 0) return 400;
      this.#bindings.remove(extension);
      return 200;
    }
    const contacts = values.map(parseNameAddress);
    if (contacts.some((contact) => contact === undefined)) return 400;
    for (const contact of contacts) {
      if (contact === undefined) continue;
      const seconds = Math.min(
        secondsIn(contact.parameters.get("expires")) ?? header ?? LONGEST_SECONDS,
        LONGEST_SECONDS,
      );
      const now = Date.now();
      const binding: Binding = {
        extension,
        username,
        flow,
        contact: contact.uri,
        instance: instanceOf(contact),
        userAgent: userAgentOf(request),
        registeredAt: now,
        expiresAt: now + seconds * 1_000,
      };
      if (seconds === 0) this.#bindings.remove(extension, phoneKey(binding));
      else if (!this.#bindings.add(binding)) return 403;
    }
    return 200;
  }
}

function instanceOf({ parameters }: NameAddress): string {
  return parameters.get("+sip.instance") ?? "";
}

/** Printable, and not too long. */
function userAgentOf({ headers }: SipRequest): string {
  const text = headers.get("user-agent") ?? "unknown";
  return text.replaceAll(/[^\x20-\x7e]/g, "?").slice(0, LONGEST_USER_AGENT);
}

function secondsIn(text: string | undefined): number | undefined {
  return text !== undefined && /^\d{1,10}$/.test(text) ? Number(text) : undefined;
}

function contactOf({ contact, expiresAt }: Binding): string {
  return `<${contact}>;expires=${Math.max(1, Math.round((expiresAt - Date.now()) / 1_000))}`;
}
