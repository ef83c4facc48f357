import type { WireCall } from "../../wire/wire.js";
import { Icon, type IconName } from "../frame/icon.js";
import { control } from "../state/calls.js";
import { panel, togglePanel } from "../state/view.js";
import { words } from "../words/words.js";

/** One block of keys, as on a telephone. */
export function Controls({ call }: { readonly call: WireCall }) {
  const { controls, mute, hold, keys, transfer, record, noteKey } = words.value;
  const switchOver = (action: "mute" | "hold" | "record", on: boolean) => () => void control({ action, on });
  return (
    <fieldset class="keys" aria-label={controls}>
      <Switch
        icon={call.muted ? "muted" : "microphone"}
        text={mute}
        on={call.muted}
        shortcut="m"
        onPress={switchOver("mute", !call.muted)}
      />
      <Switch icon="hold" text={hold} on={call.held} shortcut="h" onPress={switchOver("hold", !call.held)} />
      <Opener icon="keypad" text={keys} open={false} shortcut="k" onPress={() => togglePanel("keypad")} />
      <Opener
        icon="transfer"
        text={transfer}
        open={false}
        shortcut="t"
        onPress={() => togglePanel("transfer")}
      />
      <Switch
        icon="record"
        text={record}
        on={call.recording}
        onPress={switchOver("record", !call.recording)}
      />
      <Opener
        icon="note"
        text={noteKey}
        open={panel.value === "note"}
        shortcut="n"
        onPress={() => togglePanel("note")}
      />
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
