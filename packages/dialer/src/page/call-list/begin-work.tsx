// Before work: which list, and who calls. The phone is the one chosen for all calls.
import { Choice } from "../frame/choice.js";
import { callListWords } from "../words/call-list-words.js";
import { words } from "../words/words.js";
import { agentName, chooseAgent, chooseList, chosenList, statuses } from "./desk-acts.js";

export function BeginWork({ wasStopped }: { readonly wasStopped: boolean }) {
  const callLists = callListWords.value;
  const { loading } = words.value;
  const found = statuses.value;
  if (found === undefined) return <p class="quiet">{loading}</p>;
  if (found.length === 0) return <p>{callLists.none}</p>;
  return (
    <>
      {wasStopped && (
        <div class="tight">
          <h3>{callLists.stopped}</h3>
          <p>{callLists.stoppedLine}</p>
        </div>
      )}
      <div class="choices">
        <Choice
          id="call-list"
          label={callLists.list}
          value={chosenList.value}
          options={[
            ["", ""],
            ...found.map(({ list, state }): [string, string] => [
              list,
              state === "running" ? list : `${list}, ${callLists.states[state]}`,
            ]),
          ]}
          onChoose={chooseList}
        />
      </div>
      <div class="tight">
        <label for="agent">{callLists.agent}</label>
        <input
          id="agent"
          class="field"
          autocomplete="off"
          maxLength={80}
          aria-describedby="agent-hint"
          value={agentName.value}
          onInput={({ currentTarget }) => chooseAgent(currentTarget.value)}
        />
        <p class="small quiet" id="agent-hint">
          {callLists.agentHint}
        </p>
      </div>
    </>
  );
}
