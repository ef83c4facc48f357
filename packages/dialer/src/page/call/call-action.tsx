import type { WireCall } from "../../wire/wire.js";
import { Icon } from "../frame/icon.js";
import { MainAction } from "../frame/main-action.js";
import { control, dismiss, isOver, latest } from "../state/calls.js";
import { words } from "../words/words.js";

/** While a call runs: the end of it. Afterwards: "Done", never "Call again". */
export function CallAction({ call }: { readonly call: WireCall }) {
  const { hangUp, cancelCall, done } = words.value;
  if (isOver(call))
    return (
      <div class="slot">
        <MainAction
          what="done"
          look={latest(call).end?.cause === "completed" ? "strong" : "plain"}
          onPress={dismiss}
        >
          {done}
        </MainAction>
      </div>
    );
  const isConnected = latest(call).state === "connected";
  return (
    <div class="slot">
      <MainAction
        what="hang-up"
        look="stop"
        shortcut="Shift+X"
        onPress={() => void control({ action: "hang-up" })}
      >
        <Icon name="hang-up" />
        {isConnected ? hangUp : cancelCall}
      </MainAction>
    </div>
  );
}
