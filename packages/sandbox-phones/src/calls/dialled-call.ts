import { userOf } from "../codec/address.js";
import { Dialog } from "../dialogs/dialog.js";
import type { AudioControl } from "../media-control/audio-control.js";
import type { Opened } from "../media-control/media-control.js";
import type { CallEnd, Exchange, Extension, Phone, PhoneCall, PhoneEvent, Report } from "../ports.js";
import type { ServerTransaction } from "../transactions/server-transaction.js";
import type { CallContext } from "./call-context.js";
import { statusOfCause } from "./end-causes.js";
import { InCall } from "./in-call.js";
import { ALLOW, ownContact, SDP_TYPE } from "./own-headers.js";

/** A call that a phone has begun. */
export class DialledCall implements PhoneCall {
  readonly audio: AudioControl;
  readonly #context: CallContext;
  readonly #transaction: ServerTransaction;
  /** Our SDP, for when the callee answers. */
  readonly #answer: string;
  #report: Report = () => {};
  #inCall: InCall | undefined;
  #isOver = false;
  readonly #unwatch: () => void;

  private constructor(context: CallContext, transaction: ServerTransaction, { audio, sdp }: Opened) {
    this.#context = context;
    this.#transaction = transaction;
    this.audio = audio;
    this.#answer = sdp;
    audio.onPressed((tones) => this.#pressed(tones));
    this.#unwatch = transaction.flow.onClose(() => this.#end({ kind: "gone" }));
    transaction.onCancel(() => {
      transaction.respond(487);
      this.#end({ kind: "hungUp" });
    });
  }

  /** Takes an INVITE whose sender is known. */
  static async begin(
    context: CallContext,
    exchange: Exchange,
    transaction: ServerTransaction,
    extension: Extension,
    phone: Phone,
  ): Promise<void> {
    transaction.respond(100);
    const { request, flow } = transaction;
    try {
      const opened = await context.media.answer(request.body.toString("utf8"), flow);
      if (opened === undefined || transaction.isFinal || !flow.isOpen) {
        opened?.audio.close();
        transaction.respond(488);
      } else new DialledCall(context, transaction, opened).#dial(exchange, extension, phone);
    } catch {
      transaction.respond(500);
    }
  }

  /** It has answered by itself: it has dialled. */
  cancel(): void {}

  ringback(): void {
    if (this.#inCall === undefined)
      this.#transaction.respond(180, { headers: [ownContact(this.#transaction.flow)] });
    else this.audio.ringback();
  }

  connected(): void {
    this.audio.connected();
    if (this.#isOver || this.#inCall !== undefined) return;
    this.#unwatch(); // From now on the dialog knows which connection counts.
    const { flow, request, localTag } = this.#transaction;
    const dialog = Dialog.byRequest(this.#context.stack, flow, request, localTag);
    this.#inCall = new InCall(this.#context, {
      dialog,
      localTag,
      audio: this.audio,
      phoneCall: this,
      report: (event) => (event.kind === "transfers" ? this.#report(event) : this.#end(event)),
    });
    const headers = [ownContact(flow), ALLOW, SDP_TYPE];
    this.#transaction.respond(200, { headers, body: this.#answer });
  }

  movedTo(callId: string): void {
    this.#inCall?.movedTo(callId);
  }

  hold(on: boolean): void {
    this.audio.hold(on);
  }

  mute(on: boolean): void {
    this.audio.mute(on);
  }

  dtmf(tones: string): void {
    this.audio.dtmf(tones);
  }

  hangUp(end: CallEnd): void {
    if (this.#isOver) return;
    this.#finish();
    if (this.#inCall === undefined) this.#transaction.respond(statusOfCause(end.cause));
    else this.#inCall.hangUp();
  }

  #pressed(tones: string): void {
    if (!this.#isOver) this.#report({ kind: "pressed", tones });
  }

  #dial(exchange: Exchange, extension: Extension, phone: Phone): void {
    const { request } = this.#transaction;
    const dialled = exchange.dial(phone, extension, userOf(request.uri) ?? "", this);
    if (dialled === undefined) {
      this.#finish();
      this.#transaction.respond(404);
      return;
    }
    this.#report = dialled.report;
    this.#context.records.begin(dialled.callId, request.callId, extension.deviceId, this.audio);
  }

  #end(event: PhoneEvent): void {
    if (this.#isOver) return;
    this.#finish();
    this.#report(event);
  }

  #finish(): void {
    this.#isOver = true;
    this.#unwatch();
    this.audio.close();
  }
}
