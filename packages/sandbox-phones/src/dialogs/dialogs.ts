import { type SipRequest, tagOf } from "../codec/message.js";
import type { ServerTransaction } from "../transactions/server-transaction.js";

/** Who takes the phone's requests within a call. */
export interface DialogOwner {
  request(transaction: ServerTransaction): void;
  /** An INVITE takes the place of the dialog. */
  replaceBy(transaction: ServerTransaction): Promise<void>;
}

/** All calls that were answered, by Call-ID and the tags of both sides. */
export class Dialogs {
  readonly #owners = new Map<string, DialogOwner>();

  add(callId: string, localTag: string, remoteTag: string, owner: DialogOwner): () => void {
    const key = `${callId} ${localTag} ${remoteTag}`;
    this.#owners.set(key, owner);
    return () => void this.#owners.delete(key);
  }

  find({ callId, to, from }: SipRequest): DialogOwner | undefined {
    return this.#owners.get(`${callId} ${tagOf(to)} ${tagOf(from)}`);
  }

  /** The call that an INVITE replaces (RFC 3891): the tags are named as we, who receive it, see them. */
  findReplaced({ headers }: SipRequest): DialogOwner | undefined {
    const [callId, ...parameters] = (headers.get("replaces") ?? "").split(";").map((part) => part.trim());
    const tag = (name: string) =>
      parameters.find((each) => each.startsWith(`${name}=`))?.slice(name.length + 1);
    return this.#owners.get(`${callId} ${tag("to-tag")} ${tag("from-tag")}`);
  }
}
