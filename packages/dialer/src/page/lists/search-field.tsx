import type { Signal } from "@preact/signals";
import { Icon } from "../frame/icon.js";

interface SearchFieldProps {
  readonly label: string;
  readonly hint: string;
  readonly text: Signal<string>;
}

export const SearchField = ({ label, hint, text }: SearchFieldProps) => (
  <div class="search">
    <Icon name="search" />
    <input
      class="field"
      type="search"
      aria-label={label}
      placeholder={hint}
      value={text.value}
      onInput={({ currentTarget }) => {
        text.value = currentTarget.value;
      }}
    />
  </div>
);
