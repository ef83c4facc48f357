import { useLayoutEffect, useRef, useState } from "preact/hooks";
import type { WireNumberResult } from "../../wire/wire.js";
import { ownCall } from "../phone/browser-phone.js";
import { findContacts } from "../state/account.js";
import { consulted, current } from "../state/calls.js";
import { post } from "../state/server.js";
import { panel } from "../state/view.js";
import { words } from "../words/words.js";
import { callActs } from "./call-acts.js";

/** Connects the other party with somebody else. */
export function Transfer({ name }: { readonly name: string }) {
  const input = useRef<HTMLInputElement>(null);
  const [typed, setTyped] = useState("");
  const [isAttended, setAttended] = useState(true);
  const [isWrong, setWrong] = useState(false);
  // Before the next key is pressed.
  useLayoutEffect(() => input.current?.focus(), []);
  const { transferTo, how, attended, attendedLine, blind, blindLine, transferAction, cancel, refused } =
    words.value;
  const close = () => {
    panel.value = "none";
  };
  const transfer = async () => {
    const to = await numberFor(typed);
    setWrong(to === undefined);
    if (to === undefined) return;
    if (await callActs.peek()?.transfer(to, isAttended)) {
      if (isAttended && ownCall.peek() === undefined)
        consulted.value = { id: current.peek()?.id ?? "", number: to };
      close();
    }
  };
  return (
    <form
      class="tight"
      onSubmit={(event) => {
        event.preventDefault();
        void transfer();
      }}
    >
      <label for="target">{transferTo}</label>
      <input
        ref={input}
        id="target"
        class="field"
        autocomplete="off"
        list="targets"
        value={typed}
        aria-invalid={isWrong}
        aria-describedby={isWrong ? "target-wrong" : undefined}
        onInput={({ currentTarget }) => setTyped(currentTarget.value)}
      />
      <datalist id="targets">
        {findContacts(typed).map(({ contact, formatted }) => (
          <option key={formatted} value={formatted} label={contact.name} />
        ))}
      </datalist>
      {isWrong && (
        <p id="target-wrong" class="small wrong-text" role="alert">
          {refused.other}
        </p>
      )}
      <fieldset>
        <legend class="visually-hidden">{how}</legend>
        <Way
          isChosen={isAttended}
          title={attended}
          line={attendedLine(name)}
          onChoose={() => setAttended(true)}
        />
        <Way isChosen={!isAttended} title={blind} line={blindLine} onChoose={() => setAttended(false)} />
      </fieldset>
      <div class="actions">
        <button type="submit" class="button primary" aria-disabled={typed.trim() === ""}>
          {typed.trim() === "" ? words.value.transfer : transferAction(typed.trim())}
        </button>
        <button type="button" class="button plain" onClick={close}>
          {cancel}
        </button>
      </div>
    </form>
  );
}

interface WayProps {
  readonly isChosen: boolean;
  readonly title: string;
  readonly line: string;
  readonly onChoose: () => void;
}

const Way = ({ isChosen, title, line, onChoose }: WayProps) => (
  <label class="radio">
    <input type="radio" name="way" checked={isChosen} onChange={onChoose} />
    <b>{title}</b>
    <span class="small quiet">{line}</span>
  </label>
);

async function numberFor(typed: string): Promise<string | undefined> {
  const read = await post<WireNumberResult>("/api/number", { text: typed }).catch(() => undefined);
  if (read?.ok === true) return read.number;
  const [only, ...others] = findContacts(typed);
  return others.length === 0 ? only?.number : undefined;
}
