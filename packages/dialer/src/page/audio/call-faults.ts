// What is said to be wrong with the sound of a call: one table of what raises it, and what clears it.

/** What is measured of a call, twice a second. */
export interface Measured {
  readonly isMuted: boolean;
  /** Effective amplitude of the microphone, from 0 to 1; undefined if it can't be measured. */
  readonly level: number | undefined;
  /** Since a packet has arrived, in milliseconds. */
  readonly silentForMs: number;
  /** Of the packets of the last seconds, in percent. */
  readonly lostPercent: number;
  /** From the microphone to the other side's way out, as far as it's known, in milliseconds. */
  readonly delayMs: number;
}

export type CallFault =
  | "muted-and-talking"
  | "microphone-silent"
  | "nothing-heard"
  | "packets-lost"
  | "delayed";

interface Rule {
  readonly fault: CallFault;
  /** What is compared. Undefined: it says nothing for or against. */
  readonly measure: (measured: Measured) => number | undefined;
  readonly raise: { readonly above: number; readonly forMs: number };
  readonly clear: { readonly below: number; readonly forMs: number };
}

/** 0 dB is as loud as can be; quieter is more. */
const quietness = (level: number) => (level === 0 ? 120 : -20 * Math.log10(level));

export const RULES: readonly Rule[] = [
  {
    fault: "muted-and-talking",
    measure: ({ isMuted, level }) => (isMuted ? level : 0),
    raise: { above: 0.05, forMs: 500 },
    clear: { below: 0.02, forMs: 3_000 },
  },
  {
    fault: "microphone-silent",
    measure: ({ isMuted, level }) => (isMuted || level === undefined ? undefined : quietness(level)),
    raise: { above: 80, forMs: 6_000 },
    clear: { below: 70, forMs: 0 },
  },
  {
    fault: "nothing-heard",
    measure: ({ silentForMs }) => silentForMs,
    raise: { above: 2_000, forMs: 0 },
    clear: { below: 500, forMs: 1_000 },
  },
  {
    fault: "packets-lost",
    measure: ({ lostPercent }) => lostPercent,
    raise: { above: 5, forMs: 2_000 },
    clear: { below: 2, forMs: 4_000 },
  },
  {
    fault: "delayed",
    measure: ({ delayMs }) => delayMs,
    raise: { above: 400, forMs: 3_000 },
    clear: { below: 300, forMs: 3_000 },
  },
];

/** Follows one call: a fault is there as soon as its rule raises it, until its rule clears it. */
export class CallFaults {
  readonly #raised = new Set<CallFault>();
  /** Since when a rule would change what is said. */
  readonly #since = new Map<CallFault, number>();

  /** @returns what is wrong now, in the order of the table */
  take(measured: Measured, nowMs: number): readonly CallFault[] {
    for (const rule of RULES) this.#apply(rule, measured, nowMs);
    return RULES.map(({ fault }) => fault).filter((fault) => this.#raised.has(fault));
  }

  #apply({ fault, measure, raise, clear }: Rule, measured: Measured, nowMs: number): void {
    const value = measure(measured);
    const isRaised = this.#raised.has(fault);
    const wantsChange = value !== undefined && (isRaised ? value < clear.below : value > raise.above);
    if (!wantsChange) {
      this.#since.delete(fault);
      return;
    }
    const since = this.#since.get(fault) ?? nowMs;
    this.#since.set(fault, since);
    if (nowMs - since < (isRaised ? clear.forMs : raise.forMs)) return;
    this.#since.delete(fault);
    if (isRaised) this.#raised.delete(fault);
    else this.#raised.add(fault);
  }
}
