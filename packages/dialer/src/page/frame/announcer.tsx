// What a screen reader is told: each headline once, then what changes during a call. Never the clock.
import { effect, signal } from "@preact/signals";
import { describeCurrent } from "../call/describe-current.js";
import { callerName, incoming, isCutOff, ownCall } from "../phone/browser-phone.js";
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

function whatIsGoingOn(): string {
  const { incomingCall, talking } = words.value;
  if (incoming.value !== undefined) return incomingCall(callerName(incoming.value));
  if (ownCall.value !== undefined) return talking(callerName(ownCall.value));
  return current.value === undefined ? "" : describeCurrent(current.value).headline;
}

export function announceCalls(): void {
  let before = { headline: "", muted: false, held: false, recording: false };
  effect(() => {
    const call = current.value;
    if (call === undefined) {
      before = { headline: "", muted: false, held: false, recording: false };
      return;
    }
    const { headline, line } = describeCurrent(call);
    const { live } = words.value;
    const { muted, held, recording } = call;
    if (headline !== before.headline) said.value = [headline, line].filter(Boolean).join(". ");
    if (muted !== before.muted) said.value = muted ? live.muted : live.unmuted;
    if (held !== before.held) said.value = held ? live.held : live.unheld;
    if (recording !== before.recording) said.value = recording ? live.recording : live.notRecording;
    before = { headline, muted, held, recording };
  });
  // A tab in the background says what is going on.
  effect(() => {
    const now = whatIsGoingOn();
    document.title = now === "" ? words.value.product : `${now} · ${words.value.product}`;
  });
  let wasAway = false;
  effect(() => {
    const isAway = access.value === "gone" || isCutOff.value;
    if (wasAway && !isAway) said.value = words.value.live.back;
    wasAway = isAway;
  });
}
