import { useState } from "preact/hooks";
import { readSetting, writeSetting } from "../state/settings.js";
import { words } from "../words/words.js";

/** A note on a call, kept in this browser. */
export function Note({ id }: { readonly id: string }) {
  const [text, setText] = useState(readSetting(`note:${id}`) ?? "");
  const { note, noteHint } = words.value;
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
        {noteHint}
      </p>
    </div>
  );
}
