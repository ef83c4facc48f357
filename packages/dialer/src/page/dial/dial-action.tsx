import { Icon } from "../frame/icon.js";
import { MainAction } from "../frame/main-action.js";
import { account, device } from "../state/account.js";
import { place } from "../state/calls.js";
import { result, setText, suggestions } from "../state/field.js";
import { preflight } from "../state/preflight.js";
import { words } from "../words/words.js";

const cannotCall = () =>
  result.value?.ok !== true || device.value === undefined || suggestions.value.length > 0;

/** @param anyway whether also if something would stop it */
export function call(anyway: boolean): void {
  const read = result.value;
  if (cannotCall() || read?.ok !== true || (preflight.value?.blocked === true && !anyway)) return;
  void place(read.number, read.formatted);
  setText("");
}

export function DialAction() {
  const { callAction, ringsFirst, ringsBoth } = words.value;
  const isBlocked = preflight.value?.blocked === true;
  const cannot = cannotCall() ? "recognised" : isBlocked ? "would-fail" : undefined;
  return (
    <div class="slot">
      <MainAction what="call" look="primary" cannot={cannot} onPress={() => call(false)}>
        <Icon name="phone" />
        {callAction}
      </MainAction>
      <p>{account.value?.platform === "neo" ? ringsBoth : ringsFirst}</p>
    </div>
  );
}
