// A second call on this browser: one that comes in, one that is dialled, one that waits.
import { useState } from "preact/hooks";
import { Icon } from "../frame/icon.js";
import { words } from "../words/words.js";
import { answered, callerName, dialling, incoming, waiting } from "./browser-phone.js";
import { answerIncoming, connectBoth, declineIncoming, swapCalls } from "./phone-calls.js";
import type { SipCall } from "./sip-call.js";

/** Always in sight: it rings. */
export const SecondRinging = () =>
  incoming.value !== undefined && answered.value !== undefined ? <Ringing call={incoming.value} /> : null;

export function SecondCall() {
  return (
    <>
      {dialling.value !== undefined && <Dialled call={dialling.value} />}
      {waiting.value !== undefined && <Waiting call={waiting.value} />}
    </>
  );
}

function Ringing({ call }: { readonly call: SipCall }) {
  const { second, decline } = words.value;
  return (
    <div class="notice live" role="alert">
      <Icon name="phone" />
      <strong>{second.ringing(callerName(call))}</strong>
      <div class="actions">
        {waiting.value === undefined && (
          <button type="button" class="button primary" aria-keyshortcuts="a" onClick={answerIncoming}>
            {second.answer}
          </button>
        )}
        <button type="button" class="button" onClick={declineIncoming}>
          {decline}
        </button>
      </div>
    </div>
  );
}

function Dialled({ call }: { readonly call: SipCall }) {
  const { second, cancel } = words.value;
  return (
    <div class="notice live" role="status">
      <Icon name="phone" />
      <strong>{second.dialled(callerName(call))}</strong>
      <div class="actions">
        <button type="button" class="button" onClick={() => call.end()}>
          {cancel}
        </button>
      </div>
    </div>
  );
}

function Waiting({ call }: { readonly call: SipCall }) {
  const { second } = words.value;
  const [hasFailed, setFailed] = useState(false);
  const isTalking = answered.value !== undefined;
  return (
    <div class="notice live" role="status">
      <Icon name="hold" />
      <strong>{second.waiting(callerName(call))}</strong>
      {hasFailed && <p class="wrong-text">{second.notConnected}</p>}
      <div class="actions">
        <button type="button" class="button" onClick={swapCalls}>
          {isTalking ? second.swap : second.goOn}
        </button>
        {isTalking && (
          <button type="button" class="button" onClick={async () => setFailed(!(await connectBoth()))}>
            {second.connect}
          </button>
        )}
        <button type="button" class="button plain" onClick={() => call.end()}>
          {second.end(callerName(call))}
        </button>
      </div>
    </div>
  );
}
