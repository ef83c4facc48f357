import { useEffect, useState } from "preact/hooks";
import { Level } from "../audio/level.js";
import { words } from "../words/words.js";

const EVERY_MS = 100;
/** 85 ms at 48 kHz. */
const SAMPLES = 4_096;
/** Speech is far from as loud as can be: this much fills the meter. */
const LOUD = 0.25;

/** How loud a microphone is. */
export function LevelMeter({ stream }: { readonly stream: MediaStream }) {
  const [level, setLevel] = useState(0);
  useEffect(() => {
    const measured = new Level(stream, SAMPLES);
    const timer = setInterval(() => setLevel(Math.min(1, measured.now / LOUD)), EVERY_MS);
    return () => {
      clearInterval(timer);
      measured.close();
    };
  }, [stream]);
  return <meter class="level" min={0} max={1} value={level} aria-label={words.value.sound.level} />;
}
