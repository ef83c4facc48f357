// How far a list has come, and what holds for all agents: pause, go on, stop.
import { callListWords } from "../words/call-list-words.js";

import { setState, status } from "./desk-acts.js";

const COUNTS = ["due", "held", "later", "dialling", "unknown", "done"] as const;

export function ListCounts() {
  const found = status.value;
  if (found === undefined) return null;
  const callLists = callListWords.value;
  const { list, state } = found;
  return (
    <section class="tight" aria-label={`${list}, ${callLists.states[state]}`}>
      <dl class="counts">
        {COUNTS.map((count) => (
          <div key={count}>
            <dt>{callLists.count[count]} </dt>
            <dd>{found[count]}</dd>
          </div>
        ))}
      </dl>
      <div class="actions">
        {state === "running" ? (
          <button type="button" class="button" onClick={() => void setState(list, "paused")}>
            {callLists.pause}
          </button>
        ) : (
          <button type="button" class="button" onClick={() => void setState(list, "running")}>
            {callLists.resume}
          </button>
        )}
        {state !== "stopped" && (
          <button type="button" class="button" onClick={() => void setState(list, "stopped")}>
            {callLists.stop}
          </button>
        )}
      </div>
    </section>
  );
}
