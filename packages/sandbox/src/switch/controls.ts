import type { Call } from "./call.js";
import { note } from "./note.js";

/** Puts both parties on hold, or takes them off it. */
export function hold(call: Call, on: boolean): void {
  call.hold = on;
  call.callerLeg.hold(on);
  call.calleeLeg.hold(on);
}

/** Mutes the caller, or ends that. */
export function mute(call: Call, on: boolean): void {
  call.muted = on;
  call.callerLeg.mute(on);
}

/** Sends DTMF tones to the callee, in the caller's name. */
export function sendDtmf(call: Call, tones: string): void {
  note(call.dtmf, tones);
  call.calleeLeg.dtmf(tones);
}

/** Starts to record both parties. `keep` gets the recording when it has ended and returns its id. */
export function startRecording(call: Call, isAnnounced: boolean, keep: (wav: Uint8Array) => string): void {
  call.recording = true;
  call.conversation?.startRecording(isAnnounced, (wav) => void call.recordings.push(keep(wav)));
}

export function stopRecording(call: Call): void {
  call.recording = false;
  call.conversation?.stopRecording();
}

/** Plays an announcement to both parties. @param wav `undefined`: a sound in its place */
export function play(call: Call, wav: Uint8Array | undefined): void {
  call.conversation?.play(wav);
}
