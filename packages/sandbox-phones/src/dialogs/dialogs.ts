import { type SipRequest, tagOf } from "../codec/message.js";
import type { ServerTransaction } from "../transactions/server-transaction.js";

/** Who takes the phone's requests within a call. */
export interface DialogOwner {
  request(transaction: ServerTransaction): void;
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
    return this.with(callId, tagOf(to), tagOf(from));
  }

  with(callId: string, localTag: string, remoteTag: string): DialogOwner | undefined {
    return this.#owners.get(`${callId} ${localTag} ${remoteTag}`);
  }
}
