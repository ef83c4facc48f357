/** How loud a microphone is, asked again and again. */
export class Level {
  readonly #context = new AudioContext();
  readonly #analyser: AnalyserNode;
  readonly #samples: Float32Array<ArrayBuffer>;

  /** @param samples over how many it's measured: a power of two, at most 32768 */
  constructor(stream: MediaStream, samples: number) {
    this.#analyser = new AnalyserNode(this.#context, { fftSize: samples });
    this.#samples = new Float32Array(this.#analyser.fftSize);
    new MediaStreamAudioSourceNode(this.#context, { mediaStream: stream }).connect(this.#analyser);
  }

  /** Effective amplitude of the last samples, from 0 to 1. */
  get now(): number {
    this.#analyser.getFloatTimeDomainData(this.#samples);
    const power = this.#samples.reduce((sum, sample) => sum + sample * sample, 0) / this.#samples.length;
    return Math.sqrt(power);
  }

  close(): void {
    void this.#context.close();
  }
}
