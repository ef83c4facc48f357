import { Dialog } from "../dialogs/dialog.js";
import type { DialogOwner } from "../dialogs/dialogs.js";
import type { PhoneAudio } from "../media/phone-audio.js";
import type { ServerTransaction } from "../transactions/server-transaction.js";
import type { Flow } from "../transports/flow.js";
import type { CallContext } from "./call-context.js";
import { keyInInfo } from "./info-tones.js";
import { openAnswered } from "./open-answered.js";
import { ALLOW, ownContact, SDP_TYPE } from "./own-headers.js";

/** How a call that was answered ended, seen from the phone. */
export type PhoneEnd = "hungUp" | "gone";

const NOBODY = { response() {}, failed() {} };

/** How long a browser may take to come back, in milliseconds: its page is being loaded again, or its network changes. */
const RETURN_MS = 8_000;

/** A call that a phone has answered or begun, until either side hangs up. */
export class InCall implements DialogOwner {
  readonly #context: CallContext;
  readonly #audio: PhoneAudio;
  readonly #onEnd: (end: PhoneEnd) => void;
  #dialog: Dialog;
  #forget: () => void;
  #unwatch: () => void = () => {};
  #returnTimer: NodeJS.Timeout | undefined;
  #isOver = false;

  /** @param onEnd called once, unless we hang up first */
  constructor(
    context: CallContext,
    dialog: Dialog,
    localTag: string,
    audio: PhoneAudio,
    onEnd: (end: PhoneEnd) => void,
  ) {
    this.#context = context;
    this.#dialog = dialog;
    this.#audio = audio;
    this.#onEnd = onEnd;
    this.#forget = context.dialogs.add(dialog.callId, localTag, dialog.remoteTag, this);
    this.#watch(dialog.flow);
    this.#watchAudio();
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

  /**
   * The phone takes the call up with an INVITE that replaces what was before (RFC 3891): a browser does so whose page was
   * loaded again. Nobody else knows both tags.
   */
  async replaceBy(transaction: ServerTransaction): Promise<void> {
    const { request, flow, localTag } = transaction;
    const { stack, dialogs, records } = this.#context;
    transaction.respond(100);
    const opened = await openAnswered(this.#context, flow, request.body.toString("utf8"));
    if (opened === undefined || this.#isOver || transaction.isFinal) {
      opened?.session.close();
      transaction.respond(opened === undefined ? 488 : 481);
      return;
    }
    const before = this.#dialog;
    this.#forget();
    if (before.flow.isOpen) before.request("BYE", NOBODY);
    this.#dialog = Dialog.byRequest(stack, flow, request, localTag);
    this.#forget = dialogs.add(request.callId, localTag, this.#dialog.remoteTag, this);
    records.go(before.callId, request.callId);
    this.#watch(flow);
    this.#audio.moveTo(opened.session);
    this.#audio.use(opened.answer.negotiated);
    this.#watchAudio();
    transaction.respond(200, { headers: [ownContact(flow), ALLOW, SDP_TYPE], body: opened.answer.sdp });
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

  /** A closed connection ends the call of a SIP phone at once. A browser may come back on another one. */
  #watch(flow: Flow): void {
    this.#unwatch();
    const unwatch = flow.onClose(() => {
      if (this.#audio.session.kind === "RTP") this.#end("gone");
      else this.#returnTimer = setTimeout(() => this.#end("gone"), RETURN_MS).unref();
    });
    this.#unwatch = () => {
      clearTimeout(this.#returnTimer);
      this.#returnTimer = undefined;
      unwatch();
    };
  }

  #watchAudio(): void {
    this.#audio.session.onGone(() => {
      if (this.#isOver || this.#returnTimer !== undefined) return;
      this.hangUp();
      this.#onEnd("gone");
    });
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
