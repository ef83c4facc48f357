// When the sound of a call is said to be wrong, and when that is taken back.
import { describe, expect, it } from "vitest";
import { type CallFault, CallFaults, type Measured } from "../src/page/audio/call-faults.js";

const FINE: Measured = { isMuted: false, level: 0.1, silentForMs: 20, lostPercent: 0, delayMs: 80 };

/** What is wrong after each stretch of time, measured twice a second. */
function after(...stretches: readonly (readonly [seconds: number, measured: Partial<Measured>])[]) {
  const faults = new CallFaults();
  let now = 0;
  return stretches.map(([seconds, measured]) => {
    let found: readonly CallFault[] = [];
    for (const end = now + seconds * 1_000; now <= end; now += 500)
      found = faults.take({ ...FINE, ...measured }, now);
    return found.join();
  });
}

describe("the sound of a call", () => {
  it("is fine as long as nothing is measured that is wrong", () => {
    expect(after([60, {}])).toEqual([""]);
  });

  it.each<[CallFault, number, Partial<Measured>, Partial<Measured>, number]>([
    ["muted-and-talking", 1, { isMuted: true, level: 0.1 }, { isMuted: true, level: 0.001 }, 4],
    ["microphone-silent", 7, { level: 0 }, { level: 0.001 }, 0.5],
    ["nothing-heard", 1, { silentForMs: 2_500 }, { silentForMs: 20 }, 2],
    ["packets-lost", 3, { lostPercent: 8 }, { lostPercent: 1 }, 5],
    ["delayed", 4, { delayMs: 450 }, { delayMs: 200 }, 4],
  ])(
    "%s: is said after it has lasted, and taken back after it has been fine for a while",
    (fault, forS, wrong, fine, clearS) => {
      expect(after([forS, wrong], [clearS, fine])).toEqual([fault, ""]);
    },
  );

  it.each<[CallFault, number, Partial<Measured>]>([
    ["microphone-silent", 4, { level: 0 }],
    ["packets-lost", 1, { lostPercent: 30 }],
    ["delayed", 2, { delayMs: 900 }],
  ])("%s: isn't said of a moment", (_, forS, wrong) => {
    expect(after([forS, wrong], [1, {}])).toEqual(["", ""]);
  });

  it("doesn't waver between what raises and what clears", () => {
    expect(after([5, { lostPercent: 6 }], [20, { lostPercent: 3 }], [1, { lostPercent: 1 }])).toEqual([
      "packets-lost",
      "packets-lost",
      "packets-lost",
    ]);
  });

  it("says nothing of the silence of who is muted", () => {
    expect(after([30, { isMuted: true, level: 0 }])).toEqual([""]);
  });
});
