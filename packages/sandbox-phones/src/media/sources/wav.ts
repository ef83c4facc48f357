const HEADER = 44;
const PCM = 1;

/** A WAV of 16-bit PCM with one channel for each list of samples, which have the same length. */
export function writeWav(channels: readonly Int16Array[], rate: number): Uint8Array {
  const count = channels.length;
  const length = channels[0]?.length ?? 0;
  const data = length * count * 2;
  const bytes = Buffer.alloc(HEADER + data);
  bytes.write("RIFF", 0, "latin1");
  bytes.writeUInt32LE(HEADER - 8 + data, 4);
  bytes.write("WAVEfmt ", 8, "latin1");
  bytes.writeUInt32LE(16, 16);
  bytes.writeUInt16LE(PCM, 20);
  bytes.writeUInt16LE(count, 22);
  bytes.writeUInt32LE(rate, 24);
  bytes.writeUInt32LE(rate * count * 2, 28);
  bytes.writeUInt16LE(count * 2, 32);
  bytes.writeUInt16LE(16, 34);
  bytes.write("data", 36, "latin1");
  bytes.writeUInt32LE(data, 40);
  for (const [channel, samples] of channels.entries())
    for (let index = 0; index < length; index += 1)
      bytes.writeInt16LE(samples[index] ?? 0, HEADER + (index * count + channel) * 2);
  return bytes;
}

/** The samples of a mono WAV of 16-bit PCM at 8 kHz; `undefined` if it's anything else. */
export function readWav(wav: Uint8Array): Int16Array | undefined {
  const bytes = Buffer.from(wav.buffer, wav.byteOffset, wav.byteLength);
  if (bytes.length < 12 || bytes.toString("latin1", 0, 4) !== "RIFF") return undefined;
  if (bytes.toString("latin1", 8, 12) !== "WAVE") return undefined;
  let isTelephone = false;
  for (let start = 12; start + 8 <= bytes.length; ) {
    const name = bytes.toString("latin1", start, start + 4);
    const size = bytes.readUInt32LE(start + 4);
    const content = bytes.subarray(start + 8, start + 8 + size);
    if (name === "fmt ") isTelephone = isTelephoneFormat(content);
    else if (name === "data") return isTelephone ? samplesOf(content) : undefined;
    start += 8 + size + (size % 2);
  }
  return undefined;
}

function isTelephoneFormat(format: Buffer): boolean {
  if (format.length < 16) return false;
  const isMono = format.readUInt16LE(2) === 1;
  return (
    format.readUInt16LE(0) === PCM &&
    isMono &&
    format.readUInt32LE(4) === 8_000 &&
    format.readUInt16LE(14) === 16
  );
}

function samplesOf(data: Buffer): Int16Array {
  return Int16Array.from({ length: data.length >> 1 }, (_, index) => data.readInt16LE(index * 2));
}
