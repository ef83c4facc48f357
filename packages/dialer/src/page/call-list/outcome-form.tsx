// The call is over: what became of it is known from sipgate, and how it was from the agent.
import { useEffect, useState } from "preact/hooks";
import type { WireDeskState } from "../../wire/wire.js";
import { desk } from "../state/desk.js";
import { clockText } from "../state/format.js";
import { callListWords } from "../words/call-list-words.js";
import { words } from "../words/words.js";
import { goOn } from "./desk-action.js";
import { causeWord, contactName } from "./list-texts.js";
import { asksForTime, beginDraft, callBackAt, disposition, isTimeMissing, note } from "./outcome-draft.js";

type Over = Extract<WireDeskState, { kind: "over" }>;

export function OutcomeForm({ over }: { readonly over: Over }) {
  useEffect(() => beginDraft(over.requestId), [over.requestId]);
  const callLists = callListWords.value;
  const { unknown, minutes } = words.value;
  const { contact, cause, isUnknown, durationSeconds } = over;
  const lasted = durationSeconds ? ` (${minutes(clockText(durationSeconds))})` : "";
  return (
    <>
      <div class="tight">
        <h3 class="contact-name">
          {isUnknown
            ? `${contactName(contact)}: ${unknown.headline}`
            : `${callLists.outcome(contactName(contact), causeWord(cause))}${lasted}`}
        </h3>
        <p class="number">{contact.formatted}</p>
        {isUnknown && <p>{callLists.notKnownLine}</p>}
        <WrapUp over={over} />
      </div>
      <Ways />
      {asksForTime.value && (
        <div class="tight">
          <label for="call-back">{callLists.when}</label>
          <input
            id="call-back"
            class="field"
            type="datetime-local"
            value={callBackAt.value}
            onInput={({ currentTarget }) => {
              callBackAt.value = currentTarget.value;
            }}
          />
        </div>
      )}
      <div class="tight">
        <label for="outcome-note">{callLists.note}</label>
        <textarea
          id="outcome-note"
          class="field"
          maxLength={1_000}
          aria-describedby="outcome-note-hint"
          value={note.value}
          onInput={({ currentTarget }) => {
            note.value = currentTarget.value;
          }}
        />
        <p class="small quiet" id="outcome-note-hint">
          {words.value.callLists.noteHint}
        </p>
      </div>
    </>
  );
}

function Ways() {
  const { how, effects } = callListWords.value;
  return (
    <fieldset>
      <legend>
        <strong>{how}</strong>
      </legend>
      <div class="ways">
        {desk.value?.at?.dispositions.map(({ name, effect }) => (
          <label key={name} class="radio">
            <input
              type="radio"
              name="disposition"
              checked={disposition.value === name}
              onChange={() => {
                disposition.value = name;
              }}
            />
            <span>{name}</span>
            <small>{effects[effect]}</small>
          </label>
        ))}
      </div>
    </fieldset>
  );
}

/** Whether the next contact may come by itself: nobody is typing, and what has to be said was said. */
function mayGoOn({ cause }: Over): boolean {
  const isTyping = document.activeElement?.closest("textarea, [type=datetime-local]") != null;
  return !isTyping && !isTimeMissing.value && (cause !== "completed" || disposition.value !== "");
}

/** Counts the time down that an agent has after a call. Silent for screen readers, which can still read it. */
function WrapUp({ over }: { readonly over: Over }) {
  const { nextIn, nextAfterSaying } = callListWords.value;
  const [now, setNow] = useState(Date.now());
  const left = Math.max(0, Math.ceil((Date.parse(over.wrapUpUntil) - now) / 1_000));
  useEffect(() => {
    const timer = setInterval(() => {
      setNow(Date.now());
      if (Date.now() >= Date.parse(over.wrapUpUntil) && mayGoOn(over)) void goOn();
    }, 500);
    return () => clearInterval(timer);
  }, [over]);
  return (
    <p class="small quiet" role="timer" aria-live="off">
      {left > 0 ? nextIn(String(left)) : nextAfterSaying}
    </p>
  );
}
