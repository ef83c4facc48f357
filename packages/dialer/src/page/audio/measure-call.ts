// What a connection's statistics say of its sound.
import type { Measured } from "./call-faults.js";
import { Level } from "./level.js";

interface Counts {
  readonly at: number;
  readonly received: number;
  readonly lost: number;
}

/** Two thirds of a second at 48 kHz: words have gaps. */
const SAMPLES = 32_768;
/** Lost packets are counted over this time, in milliseconds. */
const WINDOW_MS = 5_000;

/** Measures one call. */
export class CallMeasure {
  readonly #connection: RTCPeerConnection;
  #counts: readonly Counts[] = [];
  #lastReceivedAt: number;
  #level: { readonly of: MediaStream; readonly level: Level } | undefined;

  constructor(connection: RTCPeerConnection, nowMs: number) {
    this.#connection = connection;
    this.#lastReceivedAt = nowMs;
  }

  async measure(isMuted: boolean, microphone: MediaStream | undefined, nowMs: number): Promise<Measured> {
    const reports = [...(await this.#connection.getStats()).values()];
    const inbound = reports.find(({ type, kind }) => type === "inbound-rtp" && kind === "audio");
    const way = reports.find(({ type, nominated }) => type === "candidate-pair" && nominated === true);
    const received = Number(inbound?.packetsReceived ?? 0);
    const lost = Math.max(0, Number(inbound?.packetsLost ?? 0));
    if (received > (this.#counts.at(-1)?.received ?? 0)) this.#lastReceivedAt = nowMs;
    this.#counts = [
      ...this.#counts.filter(({ at }) => nowMs - at < WINDOW_MS),
      { at: nowMs, received, lost },
    ];
    const buffered =
      Number(inbound?.jitterBufferDelay ?? 0) / Math.max(1, Number(inbound?.jitterBufferEmittedCount ?? 0));
    return {
      isMuted,
      level: this.#levelOf(microphone),
      silentForMs: nowMs - this.#lastReceivedAt,
      lostPercent: this.#lostPercent(),
      delayMs: (Number(way?.currentRoundTripTime ?? 0) / 2 + buffered) * 1_000,
    };
  }

  close(): void {
    this.#level?.level.close();
    this.#level = undefined;
  }

  #levelOf(microphone: MediaStream | undefined): number | undefined {
    if (this.#level?.of !== microphone) {
      this.close();
      if (microphone !== undefined) this.#level = { of: microphone, level: new Level(microphone, SAMPLES) };
    }
    return this.#level?.level.now;
  }

  #lostPercent(): number {
    const [first, last] = [this.#counts[0], this.#counts.at(-1)];
    if (first === undefined || last === undefined) return 0;
    const [received, lost] = [last.received - first.received, last.lost - first.lost];
    return received + lost <= 0 ? 0 : (100 * lost) / (received + lost);
  }
}
