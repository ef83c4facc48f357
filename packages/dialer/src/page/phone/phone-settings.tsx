import { Choice } from "../frame/choice.js";
import { account } from "../state/account.js";
import { words } from "../words/words.js";
import {
  answersByItself,
  browserDevice,
  chooseBrowserDevice,
  chooseWhetherItAnswers,
  phoneState,
  phoneStatus,
} from "./browser-phone.js";
import { bringHere } from "./keep-phone.js";
import { Notifications } from "./notifications.js";
import { PhoneCheck } from "./phone-check.js";
import { SetUpPhone } from "./set-up-phone.js";
import { SoundChoices } from "./sound-choices.js";

/** Which device this browser is, and how it behaves as one. */
export function PhoneSettings() {
  const { phone } = words.value;
  const devices = account.value?.devices.filter(({ kind }) => kind === "phone") ?? [];
  return (
    <section class="tight" aria-label={phone.title}>
      <h3>{phone.title}</h3>
      <div class="choices">
        <Choice
          id="browser-device"
          label={phone.device}
          value={browserDevice.value}
          options={[["", phone.none], ...devices.map(({ id, name }) => [id, name] as const)]}
          onChoose={chooseBrowserDevice}
        />
      </div>
      <SetUpPhone />
      {browserDevice.value !== "" && <p class="small quiet">{phoneState()}</p>}
      {phoneStatus.value === "elsewhere" && (
        <div class="actions">
          <button type="button" class="button" onClick={bringHere}>
            {phone.bringHere}
          </button>
        </div>
      )}
      <div class="choices">
        <SoundChoices />
      </div>
      <label class="radio">
        <input
          type="checkbox"
          checked={answersByItself.value}
          onChange={({ currentTarget }) => chooseWhetherItAnswers(currentTarget.checked)}
        />
        <span>{phone.answers}</span>
      </label>
      <Notifications />
      <PhoneCheck />
    </section>
  );
}
