/** How what a phone says arrives. */
export interface ReceptionFigures {
  readonly received: number;
  readonly lost: number;
  /** RFC 3550, in milliseconds. */
  readonly jitterMs: number;
}

const [RECEIVED, LOST, JITTER] = [0, 1, 2];

const BYTES = 3 * Float64Array.BYTES_PER_ELEMENT;
/** How many phones share a piece of memory: it's dear to make. */
const SHARE = 256;
let memory = new SharedArrayBuffer(0);
let used = 0;

/** Memory for them that both threads see: they can be read at any time, without a question. */
export function newFigures(): Float64Array {
  if (used === memory.byteLength) {
    memory = new SharedArrayBuffer(SHARE * BYTES);
    used = 0;
  }
  const figures = new Float64Array(memory, used, BYTES / Float64Array.BYTES_PER_ELEMENT);
  used += BYTES;
  return figures;
}

export function writeFigures(figures: Float64Array, { received, lost, jitterMs }: ReceptionFigures): void {
  figures[RECEIVED] = received;
  figures[LOST] = lost;
  figures[JITTER] = jitterMs;
}

export function readFigures(figures: Float64Array): ReceptionFigures {
  return { received: figures[RECEIVED] ?? 0, lost: figures[LOST] ?? 0, jitterMs: figures[JITTER] ?? 0 };
}
