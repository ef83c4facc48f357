import { microphoneProblem } from "../audio/microphone.js";
import { Icon } from "../frame/icon.js";
import { words } from "../words/words.js";
import { phoneStatus } from "./browser-phone.js";
import { checkMicrophone } from "./check-microphone.js";

/** The browser gives no microphone: what to do about it. */
export function MicrophoneNotice() {
  if (phoneStatus.value !== "no-microphone") return null;
  const { noMicrophone, checkAgain } = words.value;
  const { headline, steps } = noMicrophone[microphoneProblem.value ?? "withheld"];
  return (
    <div class="notice bad" role="alert">
      <Icon name="muted" />
      <strong>{headline}</strong>
      <p>{noMicrophone.line}</p>
      <ol class="steps">
        {steps().map((step) => (
          <li key={step}>{step}</li>
        ))}
      </ol>
      <div class="actions">
        <button type="button" class="button" onClick={() => void checkMicrophone()}>
          {checkAgain}
        </button>
      </div>
    </div>
  );
}
