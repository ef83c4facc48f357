import type { Dialog } from "../dialogs/dialog.js";
import type { DialogOwner, Dialogs } from "../dialogs/dialogs.js";
import type { ServerTransaction } from "../transactions/server-transaction.js";

/** How long a phone that has transferred a call may take to hang up by itself, in milliseconds. */
const LEAVE_MS = 1_000;

/** What is left of a call whose other party was transferred: the phone hangs up, else we do. */
export class TransferredCall implements DialogOwner {
  readonly #forget: () => void;
  readonly #timer: NodeJS.Timeout;

  constructor(dialogs: Dialogs, dialog: Dialog, localTag: string) {
    const forget = dialogs.add(dialog.callId, localTag, dialog.remoteTag, this);
    const unwatch = dialog.flow.onClose(() => this.#end());
    this.#forget = () => {
      forget();
      unwatch();
    };
    this.#timer = setTimeout(() => {
      this.#end();
      dialog.hangUp();
    }, LEAVE_MS);
  }

  request(transaction: ServerTransaction): void {
    if (transaction.request.method === "BYE") this.#end();
    transaction.respond(transaction.request.method === "BYE" ? 200 : 481);
  }

  #end(): void {
    clearTimeout(this.#timer);
    this.#forget();
  }
}
