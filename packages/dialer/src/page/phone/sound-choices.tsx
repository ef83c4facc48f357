// Which microphone and loudspeakers are used. Before a microphone was allowed, browsers name none of them.
import { loudspeakers, microphones } from "../audio/devices.js";
import { chooseMicrophone, microphone } from "../audio/microphone.js";
import { chooseSpeaker, type SpeakerUse, speakers } from "../audio/speaker.js";
import { Choice } from "../frame/choice.js";
import { words } from "../words/words.js";
import { answered } from "./browser-phone.js";
import { LevelMeter } from "./level-meter.js";
import { ringOnce } from "./ringer.js";

interface Named {
  readonly id: string;
  readonly name: string;
}

export function SoundChoices() {
  const { sound } = words.value;
  return (
    <>
      <Choice
        id="microphone"
        label={sound.microphone}
        value={microphone.value}
        options={withSystems(microphones.value, microphone.value)}
        onChoose={chooseMicrophone}
      />
      {answered.value?.microphone.stream !== undefined && (
        <LevelMeter stream={answered.value.microphone.stream} />
      )}
      <SpeakerChoice use="speaker" label={sound.speaker} />
      <SpeakerChoice use="ringer" label={sound.ringer} />
    </>
  );
}

const SpeakerChoice = ({ use, label }: { readonly use: SpeakerUse; readonly label: string }) => (
  <Choice
    id={use}
    label={label}
    value={speakers[use].value}
    options={withSystems(loudspeakers.value, speakers[use].value)}
    onChoose={(id) => {
      chooseSpeaker(use, id);
      if (use === "ringer") ringOnce();
    }}
  />
);

/** One that was chosen and is unplugged stays in the list: it's used again when it's back. */
function withSystems(found: readonly Named[], chosen: string): (readonly [string, string])[] {
  const { systems, unplugged } = words.value.sound;
  const isAway = chosen !== "" && found.every(({ id }) => id !== chosen);
  return [
    ["", systems],
    ...found.map(({ id, name }) => [id, name] as const),
    ...(isAway ? [[chosen, unplugged] as const] : []),
  ];
}
