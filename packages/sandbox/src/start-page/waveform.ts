const HEADER = 44;
const COLUMNS = 300;
const HEIGHT = 40;

/**
 * A recording as a drawing: each channel's loudness from the beginning to the end, the caller above, the callee below.
 *
 * @param wav stereo, 16-bit PCM
 */
export function waveform(wav: Uint8Array): string {
  const samples = new DataView(wav.buffer, wav.byteOffset + HEADER, wav.byteLength - HEADER);
  const frames = Math.floor(samples.byteLength / 4);
  const bars = [0, 1].flatMap((channel) =>
    peaksOf(samples, frames, channel).map((peak, column) => {
      const height = Math.max(1, Math.round(peak * HEIGHT));
      const middle = channel * (HEIGHT + 4) + HEIGHT / 2;
      return `<rect x="${column * 2}" y="${middle - height / 2}" width="1" height="${height}"/>`;
    }),
  );
  const [width, height] = [COLUMNS * 2, HEIGHT * 2 + 4];
  const label = `Waveform of ${Math.round(frames / 8_000)} s: the caller above, the callee below`;
  return `<svg viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" fill="currentColor" role="img" aria-label="${label}">${bars.join("")}</svg>`;
}

/** The loudest sample of each column, from 0 to 1. */
function peaksOf(samples: DataView, frames: number, channel: number): number[] {
  return Array.from({ length: COLUMNS }, (_, column) => {
    const [start, end] = [column, column + 1].map((each) => Math.floor((each * frames) / COLUMNS));
    let peak = 0;
    for (let frame = start ?? 0; frame < (end ?? 0); frame += 1) {
      peak = Math.max(peak, Math.abs(samples.getInt16((frame * 2 + channel) * 2, true)));
    }
    return peak / 32_768;
  });
}
