// What the page says of each end, for each party that may have caused it: it names nobody unless it's known whose doing it was.
import type { EndCause } from "sipgate-call";
import { describe, expect, it } from "vitest";
import { describeCall } from "../src/page/call/describe-call.js";
import { de } from "../src/page/words/de.js";
import { en } from "../src/page/words/en.js";
import type { WireCall, WireChange, WireEnd } from "../src/wire/wire.js";

const at = "2026-01-05T08:00:00Z";

function callWith(...changes: Omit<WireChange, "at">[]): WireCall {
  return {
    id: "12345678",
    caller: "e0",
    callee: "+493023125000",
    calleeFormatted: "+49 30 23125000",
    profile: "classic",
    platform: "classic",
    muted: false,
    held: false,
    recording: false,
    changes: changes.map((change) => ({ ...change, at })),
  };
}

const ended = (cause: EndCause, party: WireEnd["party"]) =>
  ({
    state: "ended",
    evidence: "push",
    end: { cause, party, durationSeconds: undefined, raw: undefined },
  }) as const;
const ANSWERED = { state: "caller-answered", evidence: "poll" } as const;
const saying = (call: WireCall) => [
  describeCall(call, en, "Ada", "Desk phone"),
  describeCall(call, de, "Ada", "Tischtelefon"),
];

describe.each(["busy", "no-answer", "rejected", "unreachable"] as const)("the end %s", (cause) => {
  it("names the other party if it was theirs", () => {
    for (const { headline, far } of saying(callWith(ended(cause, "callee")))) {
      expect(headline).toContain("Ada");
      expect(far.look).toBe("failed");
    }
  });

  it("names the other party if our own phone was seen answered, and says so", () => {
    for (const { headline, notes } of saying(callWith(ANSWERED, ended(cause, undefined)))) {
      expect(headline).toContain("Ada");
      expect(notes).toHaveLength(1);
    }
  });

  it("is our own phone's if it was, and says that nobody was called", () => {
    for (const { headline, near, far } of saying(callWith(ended(cause, "caller")))) {
      expect(headline).toMatch(/^Your own phone|^Ihr eigenes Telefon/);
      expect([near.look, far.word]).toEqual(["failed", "not-called"]);
    }
  });

  it("names nobody if it isn't known, and shows both legs as unknown", () => {
    for (const { headline, line, notes, near, far } of saying(callWith(ended(cause, undefined)))) {
      expect([headline, line, ...notes].join()).not.toContain("Ada");
      expect([near.look, far.look]).toEqual(["unknown", "unknown"]);
    }
  });
});

describe("each end", () => {
  it.each([
    "completed",
    "canceled",
    "not-found",
    "forwarded",
    "blocked",
    "insufficient-funds",
    "unknown",
  ] as const)("%s has a headline of its own in both languages", (cause) => {
    const [english, german] = saying(callWith(ANSWERED, ended(cause, undefined)));
    const headlines: readonly ((name: string) => string)[] = [
      en.ends[cause].headline,
      de.ends[cause].headline,
    ];
    expect([english?.headline, german?.headline]).toEqual(headlines.map((headline) => headline("Ada")));
    expect(english?.headline).not.toBe(german?.headline);
  });

  it("says who hung up only if that is known", () => {
    const notes = (party: WireEnd["party"]) => saying(callWith(ended("completed", party)))[0]?.notes;
    expect(notes("client")).toEqual([en.hungUpHere]);
    expect(notes("callee")).toEqual([en.hungUpThere]);
    expect(notes(undefined)).toEqual([]);
  });
});

describe("a call that isn't over", () => {
  it("shows on neo that the order of the phones isn't known", () => {
    const accepted = { state: "accepted", evidence: "response" } as const;
    const call = { ...callWith(accepted), platform: "neo" as const };
    for (const { line, near, far } of saying(call)) {
      expect(line).not.toContain("Ada");
      expect([near.word, far.word]).toEqual(["is-to-ring", "is-to-ring"]);
    }
  });

  it("is on hold on the far side only", () => {
    const connected = { state: "connected", evidence: "poll" } as const;
    const [{ near, far } = { near: undefined, far: undefined }] = saying({
      ...callWith(connected),
      held: true,
    });
    expect([near?.look, far?.look]).toEqual(["answered", "held"]);
  });
});
