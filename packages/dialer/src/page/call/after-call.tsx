// What became of a call and why, and what one can do about it.
import type { WireCall } from "../../wire/wire.js";
import { contactOf } from "../state/account.js";
import { dismiss, latest, place } from "../state/calls.js";
import { clockText, timeOfDay } from "../state/format.js";
import { isWide } from "../state/view.js";
import { words } from "../words/words.js";
import { Headline } from "./headline.js";
import { Note } from "./note.js";

export function AfterCall({ call }: { readonly call: WireCall }) {
  const change = latest(call);
  const { knownFrom, evidence, lasted } = words.value;
  const duration = change.end?.durationSeconds;
  const source = evidence[change.evidence] + (change.end?.raw === undefined ? "" : ` (${change.end.raw})`);
  return (
    <>
      <Headline call={call} />
      <p class="small quiet">{knownFrom(source, timeOfDay(change.at))}</p>
      {duration !== undefined && duration > 0 && (
        <p class="clock quiet" role="img" aria-label={lasted(clockText(duration))}>
          {clockText(duration)}
        </p>
      )}
      {call.listed === undefined ? (
        <>
          <CallAgain call={call} />
          <Note id={call.id} isListed={false} />
        </>
      ) : (
        !isWide.value && (
          <a class="button primary" href="#call-list">
            {words.value.callLists.toOutcome}
          </a>
        )
      )}
      <Course call={call} />
    </>
  );
}

function CallAgain({ call }: { readonly call: WireCall }) {
  const { callAgain, callAllTheSame } = words.value;
  const { state, end } = latest(call);
  const others = contactOf(call.callee)?.numbers.filter(({ number }) => number !== call.callee) ?? [];
  const again = (number: string, formatted: string) => () => {
    dismiss();
    void place(number, formatted);
  };
  const look = end?.cause === "completed" || state === "unknown" ? "button" : "button primary";
  return (
    <div class="actions">
      <button type="button" class={look} onClick={again(call.callee, call.calleeFormatted)}>
        {state === "unknown" ? callAllTheSame : callAgain}
      </button>
      {state !== "unknown" &&
        others.map(({ number, formatted }) => (
          <button key={number} type="button" class="button" onClick={again(number, formatted)}>
            {formatted}
          </button>
        ))}
    </div>
  );
}

function Course({ call }: { readonly call: WireCall }) {
  const { course, states, evidence } = words.value;
  return (
    <details>
      <summary>{course}</summary>
      <ol>
        {call.changes.map((change) => (
          <li class="moment" key={`${change.state}${change.at}`}>
            <span>{timeOfDay(change.at)}</span>
            <span>{states[change.state]}</span>
            <span>{evidence[change.evidence]}</span>
          </li>
        ))}
      </ol>
    </details>
  );
}
