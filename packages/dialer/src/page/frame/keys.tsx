const KEYS: readonly (readonly [string, string])[] = [
  ["1", ""],
  ["2", "ABC"],
  ["3", "DEF"],
  ["4", "GHI"],
  ["5", "JKL"],
  ["6", "MNO"],
  ["7", "PQRS"],
  ["8", "TUV"],
  ["9", "WXYZ"],
  ["*", ""],
  ["0", "+"],
  ["#", ""],
];

interface KeysProps {
  readonly label: string;
  readonly onKey: (key: string) => void;
}

/** The keys of a telephone. */
export const Keys = ({ label, onKey }: KeysProps) => (
  <fieldset class="keys digits" aria-label={label}>
    {KEYS.map(([key, letters]) => (
      <button key={key} type="button" onClick={() => onKey(key)}>
        {key}
        <small aria-hidden="true">{letters}</small>
      </button>
    ))}
  </fieldset>
);
