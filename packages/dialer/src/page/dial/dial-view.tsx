// Before a call: number, phone, and what would stop it.
import { signal } from "@preact/signals";
import { Keys } from "../frame/keys.js";
import { FirstCheck } from "../phone/first-check.js";
import { MicrophoneNotice } from "../phone/microphone-notice.js";
import { SandboxHelp } from "../phone/sandbox-help.js";
import { setText, text } from "../state/field.js";
import { words } from "../words/words.js";
import { call } from "./dial-action.js";
import { NumberField } from "./number-field.js";
import { PhoneChoice } from "./phone-choice.js";
import { PreflightChecks, PreflightNotice } from "./preflight-notice.js";

const isKeypadOpen = signal(false);

export function DialView() {
  const { field } = words.value;
  return (
    <>
      <h2 class="state visually-hidden" tabIndex={-1}>
        {words.value.callAction}
      </h2>
      <NumberField
        isKeypadOpen={isKeypadOpen.value}
        onKeypad={() => {
          isKeypadOpen.value = !isKeypadOpen.value;
        }}
        onEnter={() => void call(false)}
      />
      {isKeypadOpen.value && <Keys label={field.keypad} onKey={(key) => setText(text.value + key)} />}
      <SandboxHelp />
      <MicrophoneNotice />
      <FirstCheck />
      <PreflightNotice onCall={() => void call(true)} />
      <PhoneChoice />
      <PreflightChecks />
    </>
  );
}
