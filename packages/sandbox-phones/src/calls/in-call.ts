import type { Dialog } from "../dialogs/dialog.js";
import type { DialogOwner } from "../dialogs/dialogs.js";
import type { PhoneAudio } from "../media/phone-audio.js";
import type { ServerTransaction } from "../transactions/server-transaction.js";
import type { Flow } from "../transports/flow.js";
import type { CallContext } from "./call-context.js";
import { keyInInfo } from "./info-tones.js";
import { ALLOW, ownContact, SDP_TYPE } from "./own-headers.js";

/** How a call that was answered ended, seen from the phone. */
export type PhoneEnd = "hungUp" | "gone";

const NOBODY = { response() {}, failed() {} };

/** A call that a phone has answered or begun, until either side hangs up. */
export class InCall implements DialogOwner {
  readonly #dialog: Dialog;
  readonly #audio: PhoneAudio;
  readonly #onEnd: (end: PhoneEnd) => void;
  readonly #forget: () => void;
  #unwatch: () => void = () => {};
  #isOver = false;

  /** @param onEnd called once, unless we hang up first */
  constructor(
    { dialogs }: CallContext,
    dialog: Dialog,
    localTag: string,
    audio: PhoneAudio,
    onEnd: (end: PhoneEnd) => void,
  ) {
    this.#dialog = dialog;
    this.#audio = audio;
    this.#onEnd = onEnd;
    this.#forget = dialogs.add(dialog.callId, localTag, dialog.remoteTag, this);
    this.#watch(dialog.flow);
    audio.session.onGone(() => {
      if (this.#isOver) return;
      this.hangUp();
      onEnd("gone");
    });
  }

  request(transaction: ServerTransaction): void {
    const { request, flow } = transaction;
    const before = this.#dialog.flow;
    if (!this.#dialog.takes(flow, request)) {
      transaction.respond(500); // It's out of turn.
      return;
    }
    if (flow !== before) this.#watch(flow);
    switch (request.method) {
      case "BYE":
        transaction.respond(200);
        this.#end("hungUp");
        break;
      case "INVITE":
      case "UPDATE":
        void this.#renegotiate(transaction);
        break;
      case "INFO":
        this.#takeInfo(transaction);
        break;
      case "OPTIONS":
      case "NOTIFY":
        transaction.respond(200, { headers: [ALLOW] });
        break;
      default:
        transaction.respond(405, { headers: [ALLOW] });
    }
  }

  hangUp(): void {
    if (this.#isOver) return;
    this.#close();
    this.#dialog.request("BYE", NOBODY);
  }

  /** A re-INVITE: the phone puts the call on hold, or its network has changed. */
  async #renegotiate(transaction: ServerTransaction): Promise<void> {
    const { body, method } = transaction.request;
    const headers = [ownContact(transaction.flow), ALLOW];
    if (body.length === 0 && method === "UPDATE") {
      transaction.respond(200, { headers });
      return;
    }
    const answer = body.length === 0 ? undefined : await this.#audio.session.answer(body.toString("utf8"));
    if (answer === undefined) transaction.respond(488);
    else {
      this.#audio.use(answer.negotiated);
      transaction.respond(200, { headers: [...headers, SDP_TYPE], body: answer.sdp });
    }
  }

  #takeInfo(transaction: ServerTransaction): void {
    const key = keyInInfo(transaction.request);
    if (key !== undefined) this.#audio.press(key);
    transaction.respond(key === undefined ? 415 : 200);
  }

  /** A closed connection ends the call at once. */
  #watch(flow: Flow): void {
    this.#unwatch();
    this.#unwatch = flow.onClose(() => this.#end("gone"));
  }

  #end(end: PhoneEnd): void {
    if (this.#isOver) return;
    this.#close();
    this.#onEnd(end);
  }

  #close(): void {
    this.#isOver = true;
    this.#unwatch();
    this.#forget();
    this.#audio.close();
  }
}
