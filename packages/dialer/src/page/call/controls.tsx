import { Icon, type IconName } from "../frame/icon.js";
import { panel, togglePanel } from "../state/view.js";
import { words } from "../words/words.js";
import type { CallActs } from "./call-acts.js";

/** One block of keys, as on a telephone. */
export function Controls({ acts, hasNote }: { readonly acts: CallActs; readonly hasNote: boolean }) {
  const { controls, mute, hold, keys, transfer, record, noteKey } = words.value;
  const { isMuted, isHeld, isRecording } = acts;
  return (
    <fieldset class={hasNote ? "keys" : "keys pairs"} aria-label={controls}>
      <Switch
        icon={isMuted ? "muted" : "microphone"}
        text={mute}
        on={isMuted}
        shortcut="m"
        onPress={() => void acts.mute(!isMuted)}
      />
      <Switch icon="hold" text={hold} on={isHeld} shortcut="h" onPress={() => void acts.hold(!isHeld)} />
      <Opener icon="keypad" text={keys} open={false} shortcut="k" onPress={() => togglePanel("keypad")} />
      <Opener
        icon="transfer"
        text={transfer}
        open={false}
        shortcut="t"
        onPress={() => togglePanel("transfer")}
      />
      {isRecording !== undefined && (
        <Switch icon="record" text={record} on={isRecording} onPress={() => void acts.record(!isRecording)} />
      )}
      {hasNote && (
        <Opener
          icon="note"
          text={noteKey}
          open={panel.value === "note"}
          shortcut="n"
          onPress={() => togglePanel("note")}
        />
      )}
    </fieldset>
  );
}

interface KeyProps {
  readonly icon: IconName;
  readonly text: string;
  readonly shortcut?: string;
  readonly onPress: () => void;
}

const titleOf = ({ text, shortcut }: KeyProps) => (shortcut === undefined ? text : `${text} (${shortcut})`);

const Switch = (props: KeyProps & { readonly on: boolean }) => (
  <button
    type="button"
    aria-pressed={props.on}
    aria-keyshortcuts={props.shortcut}
    title={titleOf(props)}
    onClick={props.onPress}
  >
    <Icon name={props.icon} />
    {props.text}
  </button>
);

const Opener = (props: KeyProps & { readonly open: boolean }) => (
  <button
    type="button"
    aria-expanded={props.open}
    aria-keyshortcuts={props.shortcut}
    title={titleOf(props)}
    onClick={props.onPress}
  >
    <Icon name={props.icon} />
    {props.text}
  </button>
);
