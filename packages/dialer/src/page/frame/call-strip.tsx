import { control, current, isRunning, latest, nameOf } from "../state/calls.js";
import { isWide, view } from "../state/view.js";
import { words } from "../words/words.js";
import { Clock } from "./clock.js";
import { Icon } from "./icon.js";

/** The call that goes on while something else is looked at, in narrow windows. */
export function CallStrip() {
  const call = current.value;
  if (call === undefined || !isRunning.value || isWide.value || view.value === "dial") return null;
  const { running, backToCall, hangUp, connectedFor, sinceClick } = words.value;
  const connectedAt = call.changes.find(({ state }) => state === "connected")?.at;
  return (
    <section class="call-strip" aria-label={running}>
      <a href="#dial">
        <strong>{nameOf(call)}</strong>
        <span class="small">{backToCall}</span>
      </a>
      <Clock
        small
        since={connectedAt ?? latest(call).at}
        label={connectedAt === undefined ? sinceClick : connectedFor}
      />
      <button type="button" class="button stop" onClick={() => void control({ action: "hang-up" })}>
        <Icon name="hang-up" />
        <span class="visually-hidden">{hangUp}</span>
      </button>
    </section>
  );
}
