import { Icon } from "../frame/icon.js";
import { words } from "../words/words.js";
import {
  checkedStream,
  checkPhone,
  checkResults,
  playSound,
  STEPS,
  type Step,
  type StepResult,
  soundWasHeard,
} from "./check-phone.js";
import { LevelMeter } from "./level-meter.js";

/** The check of microphone, loudspeaker and connection: its results in words. */
export function PhoneCheck() {
  const { check } = words.value;
  const results = checkResults.value;
  const isRunning = [...results.values()].includes("running");
  return (
    <section class="tight" aria-label={check.title}>
      <h3>{check.title}</h3>
      {results.size === 0 && <p class="small quiet">{check.hint}</p>}
      {results.size > 0 && (
        <div role="status">
          <ul class="checks">
            {STEPS.map((step) => (
              <CheckedStep key={step} step={step} result={results.get(step) ?? "running"} />
            ))}
          </ul>
        </div>
      )}
      <div class="actions">
        <button
          type="button"
          class="button"
          aria-disabled={isRunning}
          onClick={() => !isRunning && void checkPhone()}
        >
          {results.size === 0 ? check.start : check.again}
        </button>
      </div>
    </section>
  );
}

const isFine = (result: StepResult) => result === "ok";
const isOpen = (result: StepResult) => ["running", "asked", "not-checked"].includes(result);

function resultText(step: Step, result: StepResult): string {
  const { check } = words.value;
  if (result === "ok") return check.fine[step];
  return result === "failed" ? check.failed[step] : check.results[result];
}

function CheckedStep({ step, result }: { readonly step: Step; readonly result: StepResult }) {
  const { check } = words.value;
  return (
    <li data-result={isFine(result) ? "ok" : isOpen(result) ? "open" : "failed"}>
      <Icon name={isFine(result) ? "check" : isOpen(result) ? "note" : "care"} />
      <div class="tight">
        <p>
          <strong>{check.steps[step]}: </strong>
          {resultText(step, result)}
        </p>
        {step === "microphone" && checkedStream.value !== undefined && (
          <LevelMeter stream={checkedStream.value} />
        )}
        {step === "loudspeaker" && !isFine(result) && result !== "running" && (
          <div class="actions">
            <button type="button" class="button" onClick={() => soundWasHeard(true)}>
              {check.heard}
            </button>
            <button type="button" class="button" onClick={() => soundWasHeard(false)}>
              {check.notHeard}
            </button>
            <button type="button" class="button plain" onClick={playSound}>
              {check.playAgain}
            </button>
          </div>
        )}
      </div>
    </li>
  );
}
