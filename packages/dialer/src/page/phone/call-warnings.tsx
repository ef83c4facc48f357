import type { CallFault } from "../audio/call-faults.js";
import { callActs } from "../call/call-acts.js";
import { Icon } from "../frame/icon.js";
import { show } from "../state/view.js";
import { words } from "../words/words.js";
import { callFaults } from "./heard.js";

/** What is wrong with the sound of the call on this browser, and what to do. It goes by itself. */
export const CallWarnings = () => (
  <>
    {callFaults.value.map((fault) => (
      <CallWarning key={fault} fault={fault} />
    ))}
  </>
);

function CallWarning({ fault }: { readonly fault: CallFault }) {
  const { faults, unmute, chooseDevice } = words.value;
  const { headline, line } = faults[fault];
  return (
    <div class="notice" role={fault === "muted-and-talking" ? "alert" : "status"}>
      <Icon name={fault === "muted-and-talking" ? "muted" : "care"} />
      <strong>{headline}</strong>
      <p>{line}</p>
      {fault === "muted-and-talking" && callActs.value !== undefined && (
        <div class="actions">
          <button type="button" class="button" onClick={() => void callActs.value?.mute(false)}>
            {unmute}
          </button>
        </div>
      )}
      {(fault === "microphone-silent" || fault === "nothing-heard") && (
        <div class="actions">
          <button type="button" class="button" onClick={() => show("settings")}>
            {chooseDevice}
          </button>
        </div>
      )}
    </div>
  );
}
