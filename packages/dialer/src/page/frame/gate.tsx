// What stands in the place of the dialer if it can't be used: not let in yet, or its program has ended.
import { signal } from "@preact/signals";
import { words } from "../words/words.js";

const COMMAND = "npx sipgate-dialer";
const isCopied = signal(false);

export const Locked = () => (
  <main class="gate">
    <h1 class="brand">{words.value.product}</h1>
    <h2 class="state">{words.value.locked.headline}</h2>
    <p>{words.value.locked.line}</p>
    <Command />
  </main>
);

export const TakenElsewhere = () => (
  <main class="gate">
    <h1 class="brand">{words.value.product}</h1>
    <h2 class="state">{words.value.otherTab}</h2>
  </main>
);

export const Gone = () => (
  <div class="notice" role="alert">
    <strong>{words.value.gone.headline}</strong>
    <p>{words.value.gone.line}</p>
    <Command />
  </div>
);

const Command = () => (
  <div class="actions">
    <code>{COMMAND}</code>
    <button
      type="button"
      class="button"
      onClick={() =>
        navigator.clipboard.writeText(COMMAND).then(
          () => {
            isCopied.value = true;
          },
          () => {},
        )
      }
    >
      {isCopied.value ? words.value.copied : words.value.copy}
    </button>
  </div>
);
