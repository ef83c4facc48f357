import { signal } from "@preact/signals";
import { words } from "../words/words.js";

const permission = signal("Notification" in window ? Notification.permission : "denied");

/** Lets a call be seen that rings in a tab in the background. */
export function Notifications() {
  if (permission.value !== "default") return null;
  return (
    <div class="actions">
      <button
        type="button"
        class="button"
        onClick={async () => {
          permission.value = await Notification.requestPermission();
        }}
      >
        {words.value.phone.notify}
      </button>
    </div>
  );
}
