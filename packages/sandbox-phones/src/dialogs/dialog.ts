import { parseNameAddress } from "../codec/address.js";
import {
  type Outgoing,
  type SipMessage,
  type SipRequest,
  type SipResponse,
  tagOf,
} from "../codec/message.js";
import { newBranch, viaOf } from "../transactions/branch.js";
import type { SipStack } from "../transactions/sip-stack.js";
import type { Flow } from "../transports/flow.js";

const NOBODY = { response() {}, failed() {} };

interface DialogState {
  flow: Flow;
  readonly callId: string;
  /** From and To of our requests, with tags. */
  readonly local: string;
  readonly remote: string;
  readonly remoteTag: string;
  /** Where the phone wants requests to go. */
  target: string;
  readonly routes: readonly string[];
  /** The number of our last request; 0 if there was none. */
  localSequence: number;
  /** The number of the phone's last request; 0 if there was none. */
  remoteSequence: number;
}

/** What both sides know of a call, after it was answered (RFC 3261, 12). */
export class Dialog {
  readonly callId: string;
  readonly remoteTag: string;
  readonly #stack: SipStack;
  readonly #state: DialogState;

  private constructor(stack: SipStack, state: DialogState) {
    this.#stack = stack;
    this.#state = state;
    this.callId = state.callId;
    this.remoteTag = state.remoteTag;
  }

  /** The dialog that the 2xx of our INVITE makes. */
  static byResponse(stack: SipStack, flow: Flow, response: SipResponse, target: string): Dialog {
    const { headers, callId, to, cseq } = response;
    return new Dialog(stack, {
      flow,
      callId,
      local: headers.get("from") ?? "",
      remote: headers.get("to") ?? "",
      remoteTag: tagOf(to),
      target: targetOf(response) ?? target,
      routes: headers.list("record-route").reverse(),
      localSequence: cseq.number,
      remoteSequence: 0,
    });
  }

  /** The dialog that our 2xx to a phone's INVITE makes. */
  static byRequest(stack: SipStack, flow: Flow, request: SipRequest, localTag: string): Dialog {
    const { headers, callId, from, cseq } = request;
    return new Dialog(stack, {
      flow,
      callId,
      local: `${headers.get("to") ?? ""};tag=${localTag}`,
      remote: headers.get("from") ?? "",
      remoteTag: tagOf(from),
      target: targetOf(request) ?? from.uri,
      routes: headers.list("record-route"),
      localSequence: 0,
      remoteSequence: cseq.number,
    });
  }

  get flow(): Flow {
    return this.#state.flow;
  }

  /** Whether a request of the phone comes in its turn. If so, its connection and its address count from now on. */
  takes(flow: Flow, request: SipRequest): boolean {
    if (request.cseq.number <= this.#state.remoteSequence) return false;
    const refreshes = request.method === "INVITE" || request.method === "UPDATE";
    this.#state.flow = flow;
    this.#state.target = (refreshes ? targetOf(request) : undefined) ?? this.#state.target;
    this.#state.remoteSequence = request.cseq.number;
    return true;
  }

  /** Sends a request. What the phone responds makes no difference. */
  tell(method: string, headers: Outgoing["headers"] = [], body = ""): void {
    this.#state.localSequence += 1;
    const message = this.#message(method, this.#state.localSequence, headers, body);
    this.#stack.request(this.#state.flow, method, message, NOBODY);
  }

  hangUp(): void {
    this.tell("BYE");
  }

  /** The ACK of a 2xx, which belongs to no transaction but has a `Via` of its own. */
  acknowledge(response: SipResponse): void {
    const { flow } = this.#state;
    const via = [["via", viaOf(flow, newBranch())]] as const;
    this.#stack.send(flow, this.#message("ACK", response.cseq.number, via, ""));
  }

  #message(method: string, sequence: number, further: Outgoing["headers"], body: string): Outgoing {
    const { target, routes, local, remote, callId } = this.#state;
    return {
      startLine: `${method} ${target} SIP/2.0`,
      headers: [
        ...further,
        ...routes.map((route) => ["route", route] as const),
        ["max-forwards", "70"],
        ["from", local],
        ["to", remote],
        ["call-id", callId],
        ["cseq", `${sequence} ${method}`],
      ],
      body,
    };
  }
}

/** The address in Contact, if there is a proper one. */
function targetOf({ headers }: SipMessage): string | undefined {
  return parseNameAddress(headers.list("contact")[0] ?? "")?.uri;
}
