import { useLayoutEffect, useRef } from "preact/hooks";
import { Icon } from "../frame/icon.js";
import { Keys } from "../frame/keys.js";
import { panel } from "../state/view.js";
import { words } from "../words/words.js";
import { sendTones, sent } from "./tones.js";

/** The keypad during a call: what is pressed, typed or pasted is sent at once. */
export function TonePad() {
  const input = useRef<HTMLInputElement>(null);
  // Before the next key is pressed.
  useLayoutEffect(() => input.current?.focus(), []);
  const { tones, tonesHint, keys, closeKeys } = words.value;
  return (
    <div class="tight">
      <div class="number-field">
        <input
          ref={input}
          class="sent"
          inputMode="tel"
          autocomplete="off"
          aria-label={tones}
          aria-describedby="tones-hint"
          value={sent.value}
          onBeforeInput={(event) => {
            event.preventDefault();
            if (event instanceof InputEvent)
              sendTones(event.data ?? event.dataTransfer?.getData("text") ?? "");
          }}
          onPaste={(event) => {
            event.preventDefault();
            sendTones(event.clipboardData?.getData("text") ?? "");
          }}
        />
        <button
          type="button"
          class="button only-icon"
          title={closeKeys}
          onClick={() => {
            panel.value = "none";
          }}
        >
          <Icon name="close" />
          <span class="visually-hidden">{closeKeys}</span>
        </button>
      </div>
      <p class="small quiet" id="tones-hint">
        {tonesHint}
      </p>
      <Keys label={keys} onKey={sendTones} />
    </div>
  );
}
