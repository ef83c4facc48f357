import { randomUUID } from "node:crypto";
import { type SipResponse, tagOf } from "../codec/message.js";
import { Dialog } from "../dialogs/dialog.js";
import type { AudioControl } from "../media-control/audio-control.js";
import type { Audio, IncomingCall, PhoneCall, Report } from "../ports.js";
import type { Binding } from "../registrar/bindings.js";
import { hostPort } from "../transactions/branch.js";
import type { ClientTransaction } from "../transactions/client-transaction.js";
import type { CallContext } from "./call-context.js";
import { causeOfStatus } from "./end-causes.js";
import { InCall } from "./in-call.js";
import { ALLOW, ownContact, SDP_TYPE } from "./own-headers.js";

/** A phone that can't be heard yet. */
const NO_AUDIO: Audio = { source: "voice" };

const ELSEWHERE = ["reason", 'SIP;cause=200;text="Call completed elsewhere"'] as const;

/** A call that rings a registered phone. */
export class RungCall implements PhoneCall {
  readonly #context: CallContext;
  readonly #binding: Binding;
  readonly #incoming: IncomingCall;
  readonly #tag = randomUUID();
  readonly #callId = randomUUID();
  #report: Report;
  #audio: AudioControl | undefined;
  #invite: ClientTransaction | undefined;
  #inCall: InCall | undefined;
  /** The tag of the response that has won: a phone behind others can answer several times. */
  #winner: string | undefined;
  #hasRung = false;
  #isOver = false;

  constructor(context: CallContext, binding: Binding, incoming: IncomingCall, report: Report) {
    this.#context = context;
    this.#binding = binding;
    this.#incoming = incoming;
    this.#report = report;
    void this.#start();
  }

  get audio(): Audio {
    return this.#audio ?? NO_AUDIO;
  }

  cancel(reason: "answered elsewhere" | "ended"): void {
    if (this.#isOver) return;
    const inCall = this.#inCall;
    this.#finish();
    // It may have answered just now, while its audio is being set up.
    if (inCall !== undefined) inCall.hangUp();
    else this.#invite?.cancel(reason === "answered elsewhere" ? [ELSEWHERE] : []);
  }

  ringback(): void {
    this.#audio?.ringback();
  }

  connected(): void {
    this.#audio?.connected();
  }

  movedTo(callId: string): void {
    this.#inCall?.movedTo(callId);
  }

  hold(on: boolean): void {
    this.#audio?.hold(on);
  }

  mute(on: boolean): void {
    this.#audio?.mute(on);
  }

  dtmf(tones: string): void {
    this.#audio?.dtmf(tones);
  }

  hangUp(): void {
    this.#inCall?.hangUp();
    this.#finish();
  }

  async #start(): Promise<void> {
    const { flow } = this.#binding;
    try {
      const kind = flow.transport === "WS" ? "WebRTC" : "RTP";
      const { audio, sdp } = await this.#context.media.offer(kind, flow);
      if (this.#isOver) audio.close();
      else this.#sendInvite(audio, sdp);
    } catch {
      this.#lose();
    }
  }

  #sendInvite(audio: AudioControl, offer: string): void {
    this.#audio = audio;
    audio.onPressed((tones) => this.#tell({ kind: "pressed", tones }));
    const { flow, contact, username, extension } = this.#binding;
    const { callId, shownNumber } = this.#incoming;
    const host = hostPort(flow.localIp, flow.localPort);
    this.#context.records.begin(callId, this.#callId, extension.deviceId, audio);
    const message = {
      startLine: `INVITE ${contact} SIP/2.0`,
      headers: [
        ["max-forwards", "70"],
        ["from", `"${shownNumber}" <sip:${shownNumber}@${host}>;tag=${this.#tag}`],
        ["to", `<sip:${username}@${host}>`],
        ["call-id", this.#callId],
        ["cseq", "1 INVITE"],
        ownContact(flow),
        ALLOW,
        ...(this.#context.callIdHeader ? [["x-sandbox-call-id", callId] as const] : []),
        ["user-agent", "sipgate-sandbox"],
        SDP_TYPE,
      ],
      body: offer,
    } as const;
    this.#invite = this.#context.stack.request(flow, "INVITE", message, {
      response: (response) => this.#take(response),
      failed: (reason) => (reason === "gone" ? this.#lose() : this.#decline(408)),
    });
  }

  #take(response: SipResponse): void {
    const { status } = response;
    if (status < 200) this.#ring(status);
    else if (status < 300) void this.#answer(response);
    else this.#decline(status);
  }

  #ring(status: number): void {
    if (status === 100 || this.#hasRung || this.#isOver) return;
    this.#hasRung = true;
    this.#tell({ kind: "ringing" });
  }

  /** Each 2xx is acknowledged. One that comes too late, or from another phone behind the same address, is hung up. */
  async #answer(response: SipResponse): Promise<void> {
    const { stack } = this.#context;
    const tag = tagOf(response.to);
    const dialog = Dialog.byResponse(stack, this.#binding.flow, response, this.#binding.contact);
    dialog.acknowledge(response);
    if (tag === this.#winner) return; // The same response again.
    if (this.#isOver || this.#winner !== undefined || this.#audio === undefined) {
      dialog.hangUp();
      return;
    }
    this.#winner = tag;
    const audio = this.#audio;
    this.#inCall = new InCall(this.#context, {
      dialog,
      localTag: this.#tag,
      audio,
      phoneCall: this,
      report: (event) => (event.kind === "transfers" ? this.#tell(event) : this.#tellLast(event)),
    });
    const isAccepted = await audio.accept(response.body.toString("utf8"));
    if (this.#isOver) return;
    if (isAccepted) this.#tell({ kind: "answered" });
    else {
      this.#inCall.hangUp();
      this.#decline(488);
    }
  }

  #decline(status: number): void {
    this.#tellLast({ kind: "declined", end: { cause: causeOfStatus(status, this.#hasRung) } });
  }

  #lose(): void {
    this.#tellLast({ kind: "gone" });
  }

  #tell(event: Parameters<Report>[0]): void {
    if (!this.#isOver) this.#report(event);
  }

  #tellLast(event: Parameters<Report>[0]): void {
    if (this.#isOver) return;
    const report = this.#report;
    this.#finish();
    report(event);
  }

  /** For some seconds another phone may still answer it: nothing large is kept until then. */
  #finish(): void {
    this.#isOver = true;
    this.#audio?.close();
    this.#audio = undefined;
    this.#inCall = undefined;
    this.#report = () => {};
  }
}
