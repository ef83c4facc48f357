import type { WireCall } from "../../wire/wire.js";
import { unbroken } from "../state/format.js";
import { describeCurrent } from "./describe-current.js";

/** The state as a sentence. It takes the focus when a call begins, so Enter held down hangs nothing up. */
export function Headline({ call }: { readonly call: WireCall }) {
  const { headline, line, notes } = describeCurrent(call);
  return (
    <div class="tight">
      <h2 class="state" id="headline" tabIndex={-1}>
        {unbroken(headline)}
      </h2>
      {line !== "" && <p>{line}</p>}
      {notes.map((note) => (
        <p key={note} class="quiet">
          {note}
        </p>
      ))}
    </div>
  );
}
