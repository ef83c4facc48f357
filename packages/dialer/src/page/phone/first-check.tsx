import { device } from "../state/account.js";
import { text } from "../state/field.js";
import { show } from "../state/view.js";
import { words } from "../words/words.js";
import { isBrowser, wasChecked } from "./browser-phone.js";

/** Before the first call on this browser: whether one would be heard. */
export function FirstCheck() {
  const { check } = words.value;
  if (wasChecked.value || text.value !== "" || !isBrowser(device.value?.id ?? "")) return null;
  return (
    <div class="tight small">
      <p class="quiet">{check.first}</p>
      <div class="actions">
        <button
          type="button"
          class="button"
          onClick={() => {
            show("settings");
            void import("./check-phone.js").then(({ checkPhone }) => checkPhone());
          }}
        >
          {check.start}
        </button>
      </div>
    </div>
  );
}
