// A call that runs: what is now, since when, and what one can do.
import type { WireCall } from "../../wire/wire.js";
import { Clock } from "../frame/clock.js";
import { Icon } from "../frame/icon.js";
import { Problem } from "../frame/problem.js";
import { isBrowser } from "../phone/browser-phone.js";
import { CallWarnings } from "../phone/call-warnings.js";
import { SecondCall } from "../phone/second-call.js";
import { latest, nameOf, refused } from "../state/calls.js";
import { timeOfDay } from "../state/format.js";
import { panel } from "../state/view.js";
import { words } from "../words/words.js";
import { callActs } from "./call-acts.js";
import { Controls } from "./controls.js";
import { Headline } from "./headline.js";
import { Note } from "./note.js";
import { TonePad } from "./tone-pad.js";
import { Transfer } from "./transfer.js";

export function CallView({ call }: { readonly call: WireCall }) {
  const name = nameOf(call);
  const change = latest(call);
  const connectedAt = call.changes.find(({ state }) => state === "connected")?.at;
  const { sinceClick, connectedFor, recording } = words.value;
  const isPanelOpen = panel.value === "keypad" || panel.value === "transfer";
  return (
    <>
      <Headline call={call} />
      <div class="bar">
        {name !== call.calleeFormatted && <p class="number">{call.calleeFormatted}</p>}
        {isPanelOpen && connectedAt !== undefined && <Clock small since={connectedAt} label={connectedFor} />}
      </div>
      {connectedAt === undefined ? (
        <>
          <Clock since={call.changes[0]?.at ?? change.at} label={sinceClick} />
          <Facts call={call} />
        </>
      ) : (
        !isPanelOpen && (
          <div class="bar">
            <Clock since={connectedAt} label={connectedFor} />
            {call.recording && (
              <p class="recording">
                <Icon name="record" />
                {recording}
              </p>
            )}
          </div>
        )
      )}
      <SecondCall />
      {isBrowser(call.caller) && <CallWarnings />}
      {refused.value !== undefined && <Problem problem={refused.value} />}
      {connectedAt !== undefined && panel.value === "keypad" && <TonePad />}
      {connectedAt !== undefined && panel.value === "transfer" && <Transfer name={name} />}
      {connectedAt !== undefined && !isPanelOpen && callActs.value !== undefined && (
        <Controls acts={callActs.value} hasNote />
      )}
      {panel.value === "note" && <Note id={call.id} isListed={call.listed !== undefined} />}
    </>
  );
}

function Facts({ call }: { readonly call: WireCall }) {
  const { theySee, theySeeDefault, knownFrom, evidence } = words.value;
  const change = latest(call);
  return (
    <div class="tight small">
      <dl class="facts">
        <div>
          <dt>{theySee}</dt>
          <dd>{call.callerId ?? theySeeDefault}</dd>
        </div>
      </dl>
      <p class="quiet">{knownFrom(evidence[change.evidence], timeOfDay(change.at))}</p>
    </div>
  );
}
