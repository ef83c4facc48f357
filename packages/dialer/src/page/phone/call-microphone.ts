// The microphone of one call: opened, muted, changed, closed.
import { signal } from "@preact/signals";

export class CallMicrophone {
  readonly isMuted = signal(false);
  readonly #sender: () => RTCRtpSender | undefined;
  #stream: MediaStream | undefined;

  /** @param sender what sends its sound, once the call has a connection */
  constructor(sender: () => RTCRtpSender | undefined) {
    this.#sender = sender;
  }

  get stream(): MediaStream | undefined {
    return this.#stream;
  }

  /** The call begins with this one. */
  take(stream: MediaStream): void {
    this.#stream = stream;
  }

  /** The other party hears nothing. */
  mute(on: boolean): void {
    this.isMuted.value = on;
    const [track] = this.#stream?.getAudioTracks() ?? [];
    // The microphone stays open: otherwise "you are talking, but muted" couldn't be said. Silence is sent, so sipgate
    // doesn't take the phone for gone.
    if (track !== undefined) void this.#sender()?.replaceTrack(on ? silence() : track);
  }

  /** Speaks with another one from now on. */
  async change(stream: MediaStream): Promise<void> {
    const [track] = stream.getAudioTracks();
    const sender = this.#sender();
    if (track === undefined || sender === undefined) return;
    if (!this.isMuted.value) {
      track.enabled = sender.track?.enabled ?? true;
      await sender.replaceTrack(track);
    }
    this.close();
    this.#stream = stream;
  }

  close(): void {
    for (const track of this.#stream?.getTracks() ?? []) track.stop();
    this.#stream = undefined;
  }
}

let silent: MediaStreamAudioDestinationNode | undefined;

function silence(): MediaStreamTrack | null {
  silent ??= new MediaStreamAudioDestinationNode(new AudioContext());
  return silent.stream.getAudioTracks()[0] ?? null;
}
