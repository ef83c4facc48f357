import { readFileSync } from "node:fs";

/** A WAV of 16-bit PCM, as far as it's written. */
interface Wav {
  readonly bytes: Buffer;
  /** Where the samples begin. */
  readonly data: number;
  readonly channels: number;
  readonly rate: number;
  /** How many samples each channel has. */
  readonly length: number;
}

function readWav(file: string | Uint8Array): Wav {
  const bytes = typeof file === "string" ? readFileSync(file) : Buffer.from(file);
  // Linphone writes the head at the end: until then it's 44 bytes without a meaning, before mono at 8 kHz.
  const hasHead = bytes.length > 44 && bytes.toString("latin1", 0, 4) === "RIFF";
  const channels = hasHead ? bytes.readUInt16LE(22) : 1;
  const rate = hasHead ? bytes.readUInt32LE(24) : 8_000;
  const data = hasHead ? bytes.indexOf("data") + 8 : Math.min(44, bytes.length);
  return { bytes, data, channels, rate, length: Math.floor((bytes.length - data) / 2 / channels) };
}

/** Samples of one channel, from -1 to 1. */
function samplesOf(
  { bytes, data, channels }: Wav,
  channel: number,
  start: number,
  length: number,
): Float64Array {
  return Float64Array.from(
    { length },
    (_, index) => bytes.readInt16LE(data + ((start + index) * channels + channel) * 2) / 32_768,
  );
}

/** How much of the sound's power is at a frequency: from 0 to 1. */
function shareOf(frequency: number, samples: Float64Array, rate: number): number {
  const total = samples.reduce((sum, sample) => sum + sample * sample, 0);
  if (total === 0) return 0;
  const step = (2 * Math.PI * frequency) / rate;
  let [real, imaginary] = [0, 0];
  for (const [index, sample] of samples.entries()) {
    real += sample * Math.cos(step * index);
    imaginary += sample * Math.sin(step * index);
  }
  return (2 * (real * real + imaginary * imaginary)) / (samples.length * total);
}

/** What was counted in files that grow: they're asked about many times. */
const counted = new Map<string, { readonly windows: number; readonly found: number }>();

/** For how many milliseconds a tone of this frequency, and no other, is in a sound. */
export function millisecondsOf(frequency: number, file: string | Uint8Array, channel = 0): number {
  const wav = readWav(file);
  const size = wav.rate / 50;
  const key = typeof file === "string" ? `${file} ${channel} ${frequency}` : "";
  let { windows, found } = counted.get(key) ?? { windows: 0, found: 0 };
  for (; (windows + 1) * size <= wav.length; windows += 1) {
    const samples = samplesOf(wav, channel, windows * size, size);
    const loudness = Math.sqrt(samples.reduce((sum, sample) => sum + sample * sample, 0) / size);
    if (loudness > 0.01 && shareOf(frequency, samples, wav.rate) > 0.8) found += 1;
  }
  if (key !== "") counted.set(key, { windows, found });
  return found * 20;
}

/** A tone as a WAV: mono, 16-bit PCM, 8 kHz. */
export function writeTone(frequency: number, milliseconds: number): Buffer {
  const count = milliseconds * 8;
  const bytes = Buffer.alloc(44 + count * 2);
  bytes.write("RIFF", 0);
  bytes.writeUInt32LE(36 + count * 2, 4);
  bytes.write("WAVEfmt ", 8);
  for (const [offset, value] of [
    [16, 16],
    [24, 8_000],
    [28, 16_000],
    [40, count * 2],
  ] as const)
    bytes.writeUInt32LE(value, offset);
  for (const [offset, value] of [
    [20, 1],
    [22, 1],
    [32, 2],
    [34, 16],
  ] as const)
    bytes.writeUInt16LE(value, offset);
  bytes.write("data", 36);
  for (let index = 0; index < count; index += 1)
    bytes.writeInt16LE(
      Math.round(8_000 * Math.sin((2 * Math.PI * frequency * index) / 8_000)),
      44 + index * 2,
    );
  return bytes;
}
