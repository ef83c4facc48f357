import { useState } from "preact/hooks";
import { readSetting, writeSetting } from "../state/settings.js";
import { words } from "../words/words.js";

interface NoteProps {
  readonly id: string;
  /** Whether the call is to a contact of a call list: then the note goes there when the call is over. */
  readonly isListed: boolean;
}

/** A note on a call, kept in this browser. */
export function Note({ id, isListed }: NoteProps) {
  const [text, setText] = useState(readSetting(`note:${id}`) ?? "");
  const { note, noteHint, callLists } = words.value;
  return (
    <div class="tight">
      <label for="note">{note}</label>
      <textarea
        id="note"
        class="field"
        aria-describedby="note-hint"
        value={text}
        onInput={({ currentTarget: { value } }) => {
          setText(value);
          writeSetting(`note:${id}`, value);
        }}
      />
      <p class="small quiet" id="note-hint">
        {isListed ? callLists.noteHint : noteHint}
      </p>
    </div>
  );
}
