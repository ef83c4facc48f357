import { Dialog } from "../dialogs/dialog.js";
import type { DialogOwner } from "../dialogs/dialogs.js";
import type { AudioControl } from "../media-control/audio-control.js";
import type { PhoneCall, Report, TransferProgress } from "../ports.js";
import type { ServerTransaction } from "../transactions/server-transaction.js";
import type { Flow } from "../transports/flow.js";
import type { CallContext } from "./call-context.js";
import { keyInInfo } from "./info-tones.js";
import { ALLOW, ownContact, SDP_TYPE } from "./own-headers.js";
import { notificationOf, type ReferTarget, referTargetOf } from "./refer.js";
import { TransferredCall } from "./transferred-call.js";

/** What a call in progress consists of. */
interface Parts {
  readonly dialog: Dialog;
  readonly localTag: string;
  readonly audio: AudioControl;
  /** The call as the sandbox knows it. */
  readonly phoneCall: PhoneCall;
  /** Gets `transfers`, and at the end, unless we hang up first, `hungUp` or `gone`. */
  readonly report: Report;
}

/** How long a browser may take to come back, in milliseconds: its page is being loaded again, or its network changes. */
const RETURN_MS = 8_000;

/** A call that a phone has answered or begun, until either side hangs up. */
export class InCall implements DialogOwner {
  readonly #context: CallContext;
  #parts: Parts;
  #forget: () => void;
  #unwatch: () => void = () => {};
  #returnTimer: NodeJS.Timeout | undefined;
  #isOver = false;
  #isTransferred = false;

  constructor(context: CallContext, parts: Parts) {
    const { dialog, localTag, audio } = parts;
    this.#context = context;
    this.#parts = parts;
    this.#forget = context.dialogs.add(dialog.callId, localTag, dialog.remoteTag, this);
    this.#watch(dialog.flow);
    audio.onGone(() => this.#loseAudio());
  }

  request(transaction: ServerTransaction): void {
    const { request, flow } = transaction;
    const { dialog } = this.#parts;
    const before = dialog.flow;
    if (!dialog.takes(flow, request)) {
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
      case "REFER":
        this.#refer(transaction);
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
    const { stack, dialogs, records, media } = this.#context;
    transaction.respond(100);
    const opened = await media.answer(request.body.toString("utf8"), flow);
    if (opened === undefined || this.#isOver || transaction.isFinal) {
      opened?.audio.close();
      transaction.respond(opened === undefined ? 488 : 481);
      return;
    }
    const { dialog: before, audio } = this.#parts;
    this.#forget();
    if (before.flow.isOpen) before.hangUp();
    const dialog = Dialog.byRequest(stack, flow, request, localTag);
    this.#parts = { ...this.#parts, dialog, localTag };
    this.#forget = dialogs.add(request.callId, localTag, dialog.remoteTag, this);
    records.go(before.callId, request.callId);
    this.#watch(flow);
    audio.takeOver(opened.audio);
    transaction.respond(200, { headers: [ownContact(flow), ALLOW, SDP_TYPE], body: opened.sdp });
  }

  /** A transfer has made it a part of another call. */
  movedTo(callId: string): void {
    this.#context.records.move(this.#parts.dialog.callId, callId);
  }

  hangUp(): void {
    if (this.#isOver) return;
    this.#close();
    const { dialog, localTag } = this.#parts;
    if (this.#isTransferred) new TransferredCall(this.#context.dialogs, dialog, localTag);
    else dialog.hangUp();
  }

  /** A re-INVITE: the phone puts the call on hold, or its network has changed. */
  async #renegotiate(transaction: ServerTransaction): Promise<void> {
    const { audio } = this.#parts;
    const { body, method } = transaction.request;
    const headers = [ownContact(transaction.flow), ALLOW];
    if (body.length === 0 && method === "UPDATE") {
      transaction.respond(200, { headers });
      return;
    }
    const answer = body.length === 0 ? undefined : await audio.answer(body.toString("utf8"));
    if (answer === undefined) transaction.respond(488);
    else transaction.respond(200, { headers: [...headers, SDP_TYPE], body: answer });
  }

  /** The phone transfers the other party, and is told what becomes of it. */
  #refer(transaction: ServerTransaction): void {
    const target = referTargetOf(transaction.request);
    if (target === undefined) {
      transaction.respond(400);
      return;
    }
    transaction.respond(202, { headers: [ownContact(transaction.flow)] });
    const { number } = transaction.request.cseq;
    this.#notify(number, undefined);
    const to = this.#partyMeant(target);
    const progress = (progress: TransferProgress) => this.#notify(number, progress);
    if (to === undefined) progress({ kind: "failed", cause: "not-found" });
    else this.#parts.report({ kind: "transfers", to, progress });
  }

  #partyMeant({ dialled, replaces }: ReferTarget): string | PhoneCall | undefined {
    if (replaces === undefined) return dialled;
    const { callId, ownTag, phoneTag } = replaces;
    const owner = this.#context.dialogs.with(callId, ownTag, phoneTag);
    return owner instanceof InCall ? owner.#parts.phoneCall : undefined;
  }

  #notify(id: number, progress: TransferProgress | undefined): void {
    if (this.#isOver) return;
    const { dialog } = this.#parts;
    const { headers, body = "" } = notificationOf(id, progress);
    if (progress?.kind === "done") this.#isTransferred = true;
    dialog.tell("NOTIFY", [ownContact(dialog.flow), ...headers], body);
  }

  #takeInfo(transaction: ServerTransaction): void {
    const key = keyInInfo(transaction.request);
    if (key !== undefined) this.#parts.audio.press(key);
    transaction.respond(key === undefined ? 415 : 200);
  }

  /** A closed connection ends the call of a SIP phone at once. A browser may come back on another one. */
  #watch(flow: Flow): void {
    this.#unwatch();
    const unwatch = flow.onClose(() => {
      if (this.#parts.audio.kind === "RTP") this.#end("gone");
      else this.#returnTimer = setTimeout(() => this.#end("gone"), RETURN_MS).unref();
    });
    this.#unwatch = () => {
      clearTimeout(this.#returnTimer);
      this.#returnTimer = undefined;
      unwatch();
    };
  }

  /** The browser was frozen or is offline, although its connection is still open. */
  #loseAudio(): void {
    if (this.#isOver || this.#returnTimer !== undefined) return;
    this.hangUp();
    this.#parts.report({ kind: "gone" });
  }

  #end(kind: "hungUp" | "gone"): void {
    if (this.#isOver) return;
    this.#close();
    this.#parts.report({ kind });
  }

  #close(): void {
    this.#isOver = true;
    this.#unwatch();
    this.#forget();
    this.#parts.audio.close();
  }
}
