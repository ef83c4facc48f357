import { parseUri } from "../codec/address.js";
import { Dialog } from "../dialogs/dialog.js";
import { PhoneAudio } from "../media/phone-audio.js";
import type { Audio, CallEnd, Exchange, Extension, Phone, PhoneCall, PhoneEvent, Report } from "../ports.js";
import type { ServerTransaction } from "../transactions/server-transaction.js";
import type { CallContext } from "./call-context.js";
import { statusOfCause } from "./end-causes.js";
import { InCall } from "./in-call.js";
import { openAnswered } from "./open-answered.js";
import { ALLOW, ownContact, SDP_TYPE } from "./own-headers.js";

/** A call that a phone has begun. */
export class DialledCall implements PhoneCall {
  readonly audio: Audio;
  readonly #context: CallContext;
  readonly #transaction: ServerTransaction;
  readonly #phoneAudio: PhoneAudio;
  /** Our SDP, for when the callee answers. */
  readonly #answer: string;
  #report: Report = () => {};
  #inCall: InCall | undefined;
  #isOver = false;
  readonly #unwatch: () => void;

  private constructor(
    context: CallContext,
    transaction: ServerTransaction,
    audio: PhoneAudio,
    answer: string,
  ) {
    this.#context = context;
    this.#transaction = transaction;
    this.#phoneAudio = audio;
    this.audio = audio;
    this.#answer = answer;
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
      const opened = await openAnswered(context, flow, request.body.toString("utf8"));
      if (opened === undefined || transaction.isFinal || !flow.isOpen) {
        opened?.session.close();
        transaction.respond(488);
        return;
      }
      const { session, answer } = opened;
      let call: DialledCall | undefined;
      const audio = new PhoneAudio(session, context.pacer, (tones) => call?.pressed(tones));
      audio.use(answer.negotiated);
      call = new DialledCall(context, transaction, audio, answer.sdp);
      call.#dial(exchange, extension, phone);
    } catch {
      transaction.respond(500);
    }
  }

  pressed(tones: string): void {
    if (!this.#isOver) this.#report({ kind: "pressed", tones });
  }

  /** It has answered by itself: it has dialled. */
  cancel(): void {}

  ringback(): void {
    if (this.#inCall === undefined)
      this.#transaction.respond(180, { headers: [ownContact(this.#transaction.flow)] });
    else this.#phoneAudio.ringback();
  }

  connected(): void {
    this.#phoneAudio.connected();
    if (this.#isOver || this.#inCall !== undefined) return;
    this.#unwatch(); // From now on the dialog knows which connection counts.
    const { flow, request, localTag } = this.#transaction;
    const dialog = Dialog.byRequest(this.#context.stack, flow, request, localTag);
    this.#inCall = new InCall(this.#context, {
      dialog,
      localTag,
      audio: this.#phoneAudio,
      phoneCall: this,
      report: (event) => (event.kind === "transfers" ? this.#report(event) : this.#end(event)),
    });
    const headers = [ownContact(flow), ALLOW, SDP_TYPE];
    this.#transaction.respond(200, { headers, body: this.#answer });
  }

  hold(on: boolean): void {
    this.#phoneAudio.hold(on);
  }

  mute(on: boolean): void {
    this.#phoneAudio.mute(on);
  }

  dtmf(tones: string): void {
    this.#phoneAudio.dtmf(tones);
  }

  hangUp(end: CallEnd): void {
    if (this.#isOver) return;
    this.#finish();
    if (this.#inCall === undefined) this.#transaction.respond(statusOfCause(end.cause));
    else this.#inCall.hangUp();
  }

  #dial(exchange: Exchange, extension: Extension, phone: Phone): void {
    const { request } = this.#transaction;
    const dialled = exchange.dial(phone, extension, parseUri(request.uri)?.user ?? "", this);
    if (dialled === undefined) {
      this.#finish();
      this.#transaction.respond(404);
      return;
    }
    this.#report = dialled.report;
    this.#context.records.begin(dialled.callId, request.callId, extension.deviceId, this.#phoneAudio);
  }

  #end(event: PhoneEvent): void {
    if (this.#isOver) return;
    this.#finish();
    this.#report(event);
  }

  #finish(): void {
    this.#isOver = true;
    this.#unwatch();
    this.#phoneAudio.close();
  }
}
