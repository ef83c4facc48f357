/** The two kinds of G.711: in Europe (`pcma`) and elsewhere (`pcmu`). Both have 8,000 bytes a second. */
export type Law = "pcmu" | "pcma";

/** The samples of a frame of 20 ms. */
export const FRAME = 160;

const ULAW_BIAS = 0x84;
const ULAW_CLIP = 32_635;

function encodeUlaw(sample: number): number {
  const sign = sample < 0 ? 0x80 : 0;
  const magnitude = Math.min(Math.abs(sample), ULAW_CLIP) + ULAW_BIAS;
  const exponent = Math.max(0, 31 - Math.clz32(magnitude) - 7);
  return ~(sign | (exponent << 4) | ((magnitude >> (exponent + 3)) & 0x0f)) & 0xff;
}

function decodeUlaw(code: number): number {
  const inverted = ~code & 0xff;
  const magnitude = (((inverted & 0x0f) << 3) + ULAW_BIAS) << ((inverted & 0x70) >> 4);
  return inverted & 0x80 ? ULAW_BIAS - magnitude : magnitude - ULAW_BIAS;
}

function encodeAlaw(sample: number): number {
  const sign = sample >= 0 ? 0x80 : 0;
  const magnitude = Math.min(sample >= 0 ? sample : -sample - 1, 32_767) >> 3;
  const exponent = Math.max(0, 31 - Math.clz32(Math.max(magnitude, 1)) - 4);
  const mantissa = exponent === 0 ? (magnitude >> 1) & 0x0f : (magnitude >> exponent) & 0x0f;
  return (sign | (exponent << 4) | mantissa) ^ 0x55;
}

function decodeAlaw(code: number): number {
  const value = code ^ 0x55;
  const exponent = (value & 0x70) >> 4;
  const mantissa = ((value & 0x0f) << 4) + 8;
  const magnitude = exponent === 0 ? mantissa : (mantissa + 0x100) << (exponent - 1);
  return value & 0x80 ? magnitude : -magnitude;
}

const DECODED: Readonly<Record<Law, Int16Array>> = {
  pcmu: Int16Array.from({ length: 256 }, (_, code) => decodeUlaw(code)),
  pcma: Int16Array.from({ length: 256 }, (_, code) => decodeAlaw(code)),
};

const CONVERTED: Readonly<Record<Law, Uint8Array>> = {
  pcmu: Uint8Array.from({ length: 256 }, (_, code) => encodeUlaw(decodeAlaw(code))),
  pcma: Uint8Array.from({ length: 256 }, (_, code) => encodeAlaw(decodeUlaw(code))),
};

/** 16-bit samples as G.711. */
export function encode(samples: Int16Array, law: Law): Buffer {
  const encodeOne = law === "pcmu" ? encodeUlaw : encodeAlaw;
  const bytes = Buffer.allocUnsafe(samples.length);
  for (let index = 0; index < samples.length; index += 1) bytes[index] = encodeOne(samples[index] ?? 0);
  return bytes;
}

/** G.711 as 16-bit samples. */
export function decode(bytes: Uint8Array, law: Law): Int16Array {
  const table = DECODED[law];
  return Int16Array.from(bytes, (code) => table[code] ?? 0);
}

/** The same sound in the other kind of G.711; as it is if it's that kind already. */
export function convert(bytes: Buffer, from: Law, to: Law): Buffer {
  if (from === to) return bytes;
  const table = CONVERTED[to];
  const converted = Buffer.allocUnsafe(bytes.length);
  for (let index = 0; index < bytes.length; index += 1) converted[index] = table[bytes[index] ?? 0] ?? 0;
  return converted;
}

/** The code of silence. */
export const SILENCE: Readonly<Record<Law, number>> = { pcmu: 0xff, pcma: 0xd5 };
