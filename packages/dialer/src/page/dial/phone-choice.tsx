import type { WireDevice } from "../../wire/wire.js";
import { browserDevice, isBrowser, phoneState } from "../phone/browser-phone.js";
import { account, callerId, chooseCallerId, chooseDevice, device } from "../state/account.js";
import { show } from "../state/view.js";
import { words } from "../words/words.js";

/** The choice that leads to the settings. */
const SET_UP = "set-up";

/** Which phone rings first, and which number is shown. */
export function PhoneChoice() {
  const { callWith, theySee, theySeeDefault, noDevices, setUp } = words.value;
  if (account.value === undefined) return null;
  const { numbers } = account.value;
  // The browser itself is first.
  const devices = account.value.devices.toSorted(
    (one, other) => Number(isBrowser(other.id)) - Number(isBrowser(one.id)),
  );
  return (
    <div class="choices">
      <div class="choice">
        <label for="phone">{callWith}</label>
        {devices.length === 0 ? (
          <span class="wrong-text">{noDevices}</span>
        ) : (
          <select
            id="phone"
            value={device.value?.id}
            onChange={({ currentTarget }) => {
              if (currentTarget.value === SET_UP) show("settings");
              else chooseDevice(currentTarget.value);
            }}
          >
            {browserDevice.value === "" && <option value={SET_UP}>{setUp}</option>}
            {devices.map((each) => (
              <option key={each.id} value={each.id}>
                {deviceText(each)}
              </option>
            ))}
          </select>
        )}
      </div>
      {numbers.length > 0 && (
        <div class="choice">
          <label for="shown">{theySee}</label>
          <select
            id="shown"
            value={callerId.value}
            onChange={({ currentTarget }) => chooseCallerId(currentTarget.value)}
          >
            <option value="">{theySeeDefault}</option>
            {numbers.map(({ number, formatted }) => (
              <option key={number} value={number}>
                {formatted}
              </option>
            ))}
          </select>
        </div>
      )}
    </div>
  );
}

function deviceText({ id, name, kind, online, dnd }: WireDevice): string {
  const { device: says, thisBrowser } = words.value;
  if (isBrowser(id)) return `${thisBrowser}, ${phoneState()}`;
  const state =
    dnd === true ? says.dnd : online === false ? says.offline : online === true ? says.online : "";
  return [name, kind === "phone" ? "" : says[kind], state].filter(Boolean).join(", ");
}
