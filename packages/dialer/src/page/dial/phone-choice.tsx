import type { WireDevice } from "../../wire/wire.js";
import { account, callerId, chooseCallerId, chooseDevice, device } from "../state/account.js";
import { words } from "../words/words.js";

/** Which phone rings first, and which number is shown. */
export function PhoneChoice() {
  const { callWith, theySee, theySeeDefault, noDevices } = words.value;
  if (account.value === undefined) return null;
  const { devices, numbers } = account.value;
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
            onChange={({ currentTarget }) => chooseDevice(currentTarget.value)}
          >
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

function deviceText({ name, kind, online, dnd }: WireDevice): string {
  const { device: says } = words.value;
  const state =
    dnd === true ? says.dnd : online === false ? says.offline : online === true ? says.online : "";
  return [name, kind === "phone" ? "" : says[kind], state].filter(Boolean).join(", ");
}
