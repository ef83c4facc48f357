import type { WireCheck, WirePreflight } from "../../wire/wire.js";
import { Icon } from "../frame/icon.js";
import { device } from "../state/account.js";
import { checkAgain, isChecking, preflight } from "../state/preflight.js";
import { words } from "../words/words.js";

/** What would stop the call: shown before the click. */
export function PreflightNotice({ onCall }: { readonly onCall: () => void }) {
  const found = preflight.value;
  return found?.blocked === true ? <Blocked found={found} onCall={onCall} /> : null;
}

/** All that was checked, and what couldn't be read. */
export function PreflightChecks() {
  if (preflight.value !== undefined) return <Checks found={preflight.value} />;
  return isChecking.value ? <p class="small quiet">{words.value.checked.running}</p> : null;
}

function Blocked({ found, onCall }: { readonly found: WirePreflight; readonly onCall: () => void }) {
  const { wouldFail, checkAgain: again, callAllTheSame } = words.value;
  return (
    <div class="notice bad">
      <Icon name="care" />
      <strong id="would-fail">{wouldFail}</strong>
      <p>{reasonOf(found)}</p>
      <div class="actions">
        <button type="button" class="button" onClick={checkAgain}>
          {again}
        </button>
        <button type="button" class="button" onClick={onCall}>
          {callAllTheSame}
        </button>
      </div>
    </div>
  );
}

function reasonOf({ checks }: WirePreflight): string {
  const { offline, dnd, checks: names } = words.value;
  const failed = checks.find(({ result }) => result === "failed");
  if (failed === undefined) return "";
  const phone = device.value;
  if (failed.name === "caller" && phone?.dnd === true) return dnd(phone.name);
  if (failed.name === "caller" && phone?.online === false) return offline(phone.name);
  return `${names[failed.name]}: ${foundText(failed.name, "failed")}`;
}

function foundText(name: WireCheck["name"], result: WireCheck["result"]): string {
  const { found, results } = words.value;
  const texts: Partial<Record<WireCheck["result"], string>> = found[name];
  return texts[result] ?? results[result];
}

function Checks({ found: { checks } }: { readonly found: WirePreflight }) {
  const { checked, checks: names } = words.value;
  const count = (result: string) => checks.filter((check) => check.result === result).length;
  const [faults, doubts, unread] = [count("failed"), count("warning"), count("unchecked")];
  const isFine = faults + doubts + unread === 0;
  return (
    <details>
      <summary class="small">
        {isFine ? checked.fine : checked.some(checks.length, faults, doubts, unread)}
      </summary>
      <dl class="facts small">
        {checks.map(({ name, result }) => (
          <div key={name}>
            <dt>{names[name]}</dt>
            <dd>{foundText(name, result)}</dd>
          </div>
        ))}
      </dl>
    </details>
  );
}
