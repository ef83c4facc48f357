import { useRef } from "preact/hooks";
import { Icon } from "../frame/icon.js";
import { contactOf } from "../state/account.js";
import {
  closeSuggestions,
  highlighted,
  result,
  setText,
  suggestions,
  takeNumber,
  text,
} from "../state/field.js";
import { countryName } from "../state/format.js";
import { words } from "../words/words.js";

interface NumberFieldProps {
  readonly isKeypadOpen: boolean;
  readonly onKeypad: () => void;
  /** Enter, when nothing is wrong. */
  readonly onEnter: () => void;
}

export function NumberField({ isKeypadOpen, onKeypad, onEnter }: NumberFieldProps) {
  const input = useRef<HTMLInputElement>(null);
  const { field } = words.value;
  const found = suggestions.value;
  const isWrong = text.value.trim() !== "" && result.value?.ok === false && found.length === 0;
  const choose = (number: string) => {
    takeNumber(number);
    input.current?.focus();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const last = found.length - 1;
    if (event.key === "Enter" && !event.repeat && !event.isComposing) {
      event.preventDefault();
      const chosen = found[highlighted.value];
      if (chosen === undefined) onEnter();
      else choose(chosen.number);
    } else if (event.key === "Escape" && found.length > 0) closeSuggestions();
    else if (event.key === "ArrowDown" && last >= 0)
      highlighted.value = Math.min(highlighted.value + 1, last);
    else if (event.key === "ArrowUp" && last >= 0) highlighted.value = Math.max(highlighted.value - 1, 0);
    else return;
    event.preventDefault();
  };
  return (
    <div class="tight">
      <label for="number">{field.label}</label>
      <div class={isWrong ? "number-field wrong" : "number-field"}>
        <input
          ref={input}
          id="number"
          type="text"
          inputMode="tel"
          autocomplete="off"
          spellcheck={false}
          role="combobox"
          aria-autocomplete="list"
          aria-expanded={found.length > 0}
          aria-controls={found.length > 0 ? "suggestions" : undefined}
          aria-activedescendant={found.length > 0 ? `suggestion-${highlighted.value}` : undefined}
          aria-describedby="recognised"
          aria-invalid={isWrong}
          aria-keyshortcuts="/"
          value={text.value}
          onInput={({ currentTarget }) => setText(currentTarget.value)}
          onKeyDown={onKeyDown}
        />
        <button
          type="button"
          class="button only-icon"
          aria-expanded={isKeypadOpen}
          onClick={onKeypad}
          title={field.keypad}
        >
          <Icon name="keypad" />
          <span class="visually-hidden">{field.keypad}</span>
        </button>
      </div>
      {found.length > 0 && (
        <div class="options" id="suggestions" role="listbox" aria-label={field.suggestions}>
          {found.map(({ contact, number, formatted }, index) => (
            <div
              key={number}
              id={`suggestion-${index}`}
              role="option"
              tabIndex={-1}
              aria-selected={index === highlighted.value}
              onClick={() => choose(number)}
              onKeyDown={({ key }) => {
                if (key === "Enter" || key === " ") choose(number);
              }}
            >
              <span>{contact.name}</span>
              <span class="quiet small">{formatted}</span>
            </div>
          ))}
        </div>
      )}
      <Recognised isWrong={isWrong} onChoose={choose} />
    </div>
  );
}

function Recognised({ isWrong, onChoose }: { isWrong: boolean; onChoose: (number: string) => void }) {
  const { field, kinds, refused } = words.value;
  const read = result.value;
  const typed = text.value.trim();
  if (typed === "")
    return (
      <p id="recognised" class="small quiet">
        {field.hint}
      </p>
    );
  if (read?.ok === true) {
    const { number, formatted, country, kind, fromText } = read;
    const where = [countryName(country), kinds[kind]].filter(Boolean).join(", ");
    return (
      <div id="recognised" class="small">
        <p>
          <strong>{contactOf(number)?.name ?? formatted}</strong>
          <span class="quiet">
            {contactOf(number) === undefined ? ` · ${where}` : ` · ${formatted} · ${where}`}
          </span>
        </p>
        {fromText && <p class="quiet">{field.readFrom(typed)}</p>}
      </div>
    );
  }
  if (!isWrong || read === undefined) return <p id="recognised" class="small quiet" />;
  const isName = read.code === "not-a-number" && /\p{L}/u.test(typed);
  return (
    <div id="recognised" class="small">
      <p class="wrong-text">{isName ? field.nothing : refusalText(refused, read.code)}</p>
      {read.readings.length > 0 && (
        <div class="actions">
          {read.readings.map(({ number, formatted }) => (
            <button key={number} type="button" class="button" onClick={() => onChoose(number)}>
              {formatted}
            </button>
          ))}
        </div>
      )}
    </div>
  );
}

function refusalText(refused: Readonly<Record<string, string>>, code: string): string {
  return refused[code] ?? refused.other ?? "";
}
