import { tagOf } from "../codec/message.js";
import type { Dialogs } from "../dialogs/dialogs.js";
import type { SipRegistrar } from "../registrar/sip-registrar.js";
import type { ServerTransaction } from "../transactions/server-transaction.js";
import type { RequestHandler } from "../transactions/sip-stack.js";
import { ALLOW } from "./own-headers.js";

interface Parts {
  readonly dialogs: Dialogs;
  readonly registrar: SipRegistrar;
  /** Takes the INVITE that begins a call. */
  dial(transaction: ServerTransaction): void;
  /** Takes the INVITE that takes the place of another. */
  replace(transaction: ServerTransaction): void;
}

/** Hands each request of a phone to the part that it's for. */
export function createRequestHandler({ dialogs, registrar, dial, replace }: Parts): RequestHandler {
  return {
    request(transaction) {
      const { request } = transaction;
      const required = request.headers.list("require").filter((option) => option !== "replaces");
      if (required.length > 0) transaction.respond(420, { headers: [["unsupported", required.join(", ")]] });
      else if (tagOf(request.to) !== "") {
        const owner = dialogs.find(request);
        if (owner === undefined) transaction.respond(481);
        else owner.request(transaction);
      } else if (request.method === "REGISTER") registrar.register(transaction);
      else if (request.method === "INVITE" && request.headers.get("replaces") !== undefined)
        replace(transaction);
      else if (request.method === "INVITE") dial(transaction);
      else refuse(transaction);
    },
  };
}

/** Requests outside of a call that nothing is begun with. */
function refuse(transaction: ServerTransaction): void {
  const { method } = transaction.request;
  if (method === "OPTIONS") transaction.respond(200, { headers: [ALLOW] });
  else if (method === "REFER")
    transaction.respond(481); // There is no call to transfer.
  else if (method === "SUBSCRIBE" || method === "PUBLISH") transaction.respond(489);
  else transaction.respond(405, { headers: [ALLOW] });
}
