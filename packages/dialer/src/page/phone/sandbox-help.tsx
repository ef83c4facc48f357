// In the sandbox one person plays both sides: this browser is the caller's phone, a second window the callee's.
import { account, chooseDevice } from "../state/account.js";
import { setText, text } from "../state/field.js";
import { unbroken } from "../state/format.js";
import { words } from "../words/words.js";
import { browserDevice, chooseBrowserDevice } from "./browser-phone.js";

/** The device that this browser is in the sandbox, and what rings the other window. */
const OWN_DEVICE = "e0";
export const OTHER_NUMBER = "+49 30 23125010";

export function SandboxHelp() {
  const { tryIt, useThisBrowser, openOther, otherHint } = words.value;
  if (account.value?.sandbox !== true || text.value !== "") return null;
  return (
    <div class="tight small">
      <p class="quiet">{browserDevice.value === "" ? tryIt : unbroken(otherHint(OTHER_NUMBER))}</p>
      <div class="actions">
        {browserDevice.value === "" ? (
          <button
            type="button"
            class="button"
            onClick={() => {
              chooseBrowserDevice(OWN_DEVICE);
              chooseDevice(OWN_DEVICE);
            }}
          >
            {useThisBrowser}
          </button>
        ) : (
          <a
            class="button"
            href="/?callee=e7"
            target="sipgate-dialer-callee"
            rel="opener"
            onClick={() => setText(OTHER_NUMBER)}
          >
            {openOther}
          </a>
        )}
      </div>
    </div>
  );
}
