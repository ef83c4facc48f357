import type { IncomingCall, Phone, PhoneCall, Report } from "../ports.js";
import type { Binding } from "../registrar/bindings.js";
import type { CallContext } from "./call-context.js";
import { RungCall } from "./rung-call.js";

/** A registered phone, as the sandbox rings it. */
export class SipPhone implements Phone {
  readonly id: string;
  readonly isRegistered = true;
  readonly #context: CallContext;
  readonly #binding: Binding;

  constructor(context: CallContext, binding: Binding) {
    this.id = binding.extension.deviceId;
    this.#context = context;
    this.#binding = binding;
  }

  ring(call: IncomingCall, report: Report): PhoneCall {
    return new RungCall(this.#context, this.#binding, call, report);
  }
}
