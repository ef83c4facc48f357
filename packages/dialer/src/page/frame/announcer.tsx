// What a screen reader is told: each headline once, then what changes during a call. Never the clock.
import { effect, signal } from "@preact/signals";
import { describeCurrent } from "../call/describe-current.js";
import { isCutOff } from "../phone/browser-phone.js";
import { current } from "../state/calls.js";
import { access } from "../state/server.js";
import { words } from "../words/words.js";

const said = signal("");

export const Announcer = () => (
  <>
    <p class="visually-hidden" role="status">
      {said.value}
    </p>
    <p class="visually-hidden" role="alert">
      {isCutOff.value ? words.value.cutOff.headline : ""}
    </p>
  </>
);

export function announceCalls(): void {
  let before = { headline: "", muted: false, held: false, recording: false };
  effect(() => {
    const call = current.value;
    if (call === undefined) {
      before = { headline: "", muted: false, held: false, recording: false };
      document.title = words.value.product;
      return;
    }
    const { headline, line } = describeCurrent(call);
    const { live } = words.value;
    const { muted, held, recording } = call;
    document.title = `${headline} · ${words.value.product}`;
    if (headline !== before.headline) said.value = [headline, line].filter(Boolean).join(". ");
    if (muted !== before.muted) said.value = muted ? live.muted : live.unmuted;
    if (held !== before.held) said.value = held ? live.held : live.unheld;
    if (recording !== before.recording) said.value = recording ? live.recording : live.notRecording;
    before = { headline, muted, held, recording };
  });
  let wasAway = false;
  effect(() => {
    const isAway = access.value === "gone" || isCutOff.value;
    if (wasAway && !isAway) said.value = words.value.live.back;
    wasAway = isAway;
  });
}
