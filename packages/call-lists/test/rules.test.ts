// Whether a contact may be dialled now: every rule, and what makes it hold.
import { describe, expect, it } from "vitest";
import type { Attempt, Facts } from "../src/rules/facts.js";
import { DEFAULT_SETTINGS, type ListSettings } from "../src/rules/list-settings.js";
import { placeOf } from "../src/rules/place-of.js";
import { judgeContact, type Verdict } from "../src/rules/rules.js";

const BERLIN = "+493023125010";
const MOBILE = "+4915228817386";
const LONDON = "+442079460123";
const TORONTO = "+14165550123";
const NO_COUNTRY = "+80012345678";

/** Friday noon in Berlin; nothing speaks against a call. */
const NOON = new Date("2026-11-27T11:00:00Z");

interface Changes {
  readonly now?: string;
  readonly settings?: Partial<ListSettings>;
  readonly callee?: Partial<Facts["callee"]>;
  readonly attempts?: readonly Attempt[];
  readonly agent?: Facts["agent"] | "none";
  readonly shownNumber?: Facts["shownNumber"];
}

async function judged(number: string, changes: Changes = {}): Promise<Verdict> {
  const { now, settings, callee, attempts = [], agent, shownNumber } = changes;
  return judgeContact({
    now: now === undefined ? NOON : new Date(now),
    callee: {
      number,
      place: await placeOf(number),
      doNotCall: false,
      consent: { givenAt: new Date("2025-10-01T10:00:00Z") },
      ...callee,
    },
    attempts,
    settings: { ...DEFAULT_SETTINGS, ...settings },
    agent: agent === "none" ? undefined : (agent ?? {}),
    shownNumber: shownNumber ?? { number: "+493023125000", isOwn: true },
  });
}

const attempt = (at: string, cause: Attempt["cause"], more: Partial<Attempt> = {}): Attempt => ({
  at: new Date(at),
  ofThisList: true,
  cause,
  ...more,
});

const rulesOf = (verdict: Verdict) => (verdict.allowed ? [] : verdict.reasons.map(({ rule }) => rule));
const earliest = (verdict: Verdict) => (verdict.allowed ? "now" : verdict.earliest?.toISOString());
const messages = (verdict: Verdict) => (verdict.allowed ? [] : verdict.reasons.map(({ message }) => message));

it("A contact with consent may be called on a Friday at noon", async () => {
  expect(await judged(BERLIN)).toEqual({ allowed: true });
});

describe("Allowed hours", () => {
  it("are 8 to 20 from Monday to Friday, by the callee's clock: shown at 19:59, confirmed at 20:01, not dialled", async () => {
    expect(rulesOf(await judged(BERLIN, { now: "2026-11-27T18:59:59Z" }))).toEqual([]);
    const late = await judged(BERLIN, { now: "2026-11-27T19:01:00Z" });
    expect(messages(late)).toEqual([
      "It's 20:01 where the callee is (Europe/Berlin); calls are allowed from 08:00 to 20:00 there.",
    ]);
    expect(earliest(late)).toBe("2026-11-28T08:00:00.000Z"); // Saturday, 9:00.
    expect(rulesOf(await judged(BERLIN, { now: "2026-11-27T19:00:00Z" }))).toEqual(["hours"]);
    expect(earliest(await judged(BERLIN, { now: "2026-11-27T06:59:59Z" }))).toBe("2026-11-27T07:00:00.000Z");
  });

  it("are 9 to 18 on Saturdays", async () => {
    expect(rulesOf(await judged(BERLIN, { now: "2026-11-28T07:59:00Z" }))).toEqual(["hours"]);
    expect(rulesOf(await judged(BERLIN, { now: "2026-11-28T08:00:00Z" }))).toEqual([]);
    const late = await judged(BERLIN, { now: "2026-11-28T17:00:00Z" });
    expect([rulesOf(late), earliest(late)]).toEqual([["hours"], "2026-11-30T07:00:00.000Z"]);
  });

  it("are none on Sundays", async () => {
    const sunday = await judged(BERLIN, { now: "2026-11-29T11:00:00Z" });
    expect([rulesOf(sunday), earliest(sunday)]).toEqual([["sunday"], "2026-11-30T07:00:00.000Z"]);
    const settings = { sundayHours: ["10:00", "12:30"] } as const;
    expect(rulesOf(await judged(BERLIN, { now: "2026-11-29T11:00:00Z", settings }))).toEqual([]);
  });

  it("follow the changes of the clock in spring and autumn", async () => {
    // 8:00 is 7:00 UTC on Friday, 27 March 2026, and 6:00 UTC on Monday, 30 March.
    expect(earliest(await judged(BERLIN, { now: "2026-03-27T06:30:00Z" }))).toBe("2026-03-27T07:00:00.000Z");
    expect(earliest(await judged(BERLIN, { now: "2026-03-28T18:00:00Z" }))).toBe("2026-03-30T06:00:00.000Z");
    expect(earliest(await judged(BERLIN, { now: "2026-10-24T18:00:00Z" }))).toBe("2026-10-26T07:00:00.000Z");
    // On the day itself, where a list calls on Sundays from 2:30: that time is skipped in spring, and comes twice in
    // autumn.
    const settings = { sundayHours: ["02:30", "12:00"] } as const;
    const spring = await judged(BERLIN, { now: "2026-03-29T00:30:00Z", settings });
    expect([rulesOf(spring), earliest(spring)]).toEqual([["hours"], "2026-03-29T01:30:00.000Z"]);
    const autumn = await judged(BERLIN, { now: "2026-10-25T00:00:00Z", settings });
    expect(earliest(autumn)).toBe("2026-10-25T00:30:00.000Z");
  });

  it("are those of the callee's country", async () => {
    // London's clock is an hour behind Berlin's.
    expect(rulesOf(await judged(BERLIN, { now: "2026-11-27T07:30:00Z" }))).toEqual([]);
    const london = await judged(LONDON, { now: "2026-11-27T07:30:00Z" });
    expect([rulesOf(london), earliest(london)]).toEqual([["hours"], "2026-11-27T08:00:00.000Z"]);
    expect(rulesOf(await judged(LONDON, { now: "2026-11-27T19:30:00Z" }))).toEqual([]);
  });

  it("have to allow the call in every time zone that a number may be in", async () => {
    // A number of Canada: 12:00 in St. John's is 7:30 in Vancouver.
    const early = await judged(TORONTO, { now: "2026-11-27T15:30:00Z" });
    expect(messages(early)).toEqual([
      expect.stringMatching(/^It's 07:30 where the callee may be \(America\//),
    ]);
    expect(earliest(early)).toBe("2026-11-27T16:00:00.000Z");
    expect(rulesOf(await judged(TORONTO, { now: "2026-11-27T16:00:00Z" }))).toEqual([]);
    // 20:00 in St. John's, 15:30 in Vancouver.
    expect(rulesOf(await judged(TORONTO, { now: "2026-11-27T23:30:00Z" }))).toEqual(["hours"]);
  });

  it("are those of a contact's own time zone, if it's known", async () => {
    const place = await placeOf(TORONTO, { timeZone: "America/Toronto" });
    expect(rulesOf(await judged(TORONTO, { now: "2026-11-27T13:00:00Z", callee: { place } }))).toEqual([]);
  });

  it("aren't known if this machine doesn't know the contact's time zone", async () => {
    const place = await placeOf(TORONTO, { timeZone: "America/Springfield" });
    expect(rulesOf(await judged(TORONTO, { now: "2026-11-27T17:00:00Z", callee: { place } }))).toEqual([
      "time-zone",
    ]);
  });

  it("aren't known for a number of no country", async () => {
    const verdict = await judged(NO_COUNTRY);
    expect([rulesOf(verdict), earliest(verdict)]).toEqual([["time-zone"], undefined]);
  });

  it("can be none at all, and then no time is named", async () => {
    const settings = { weekdayHours: "none", saturdayHours: "none" } as const;
    const verdict = await judged(BERLIN, { settings });
    expect([rulesOf(verdict), earliest(verdict)]).toEqual([["hours"], undefined]);
  });
});

describe("Holidays", () => {
  it.each([
    ["2026-01-01", "New Year's Day"],
    ["2026-04-03", "Good Friday"],
    ["2026-04-06", "Easter Monday"],
    ["2026-05-01", "Labour Day"],
    ["2026-05-14", "Ascension Day"],
    ["2026-05-25", "Whit Monday"],
    ["2026-10-03", "German Unity Day"],
    ["2026-12-25", "Christmas Day"],
    ["2026-12-26", "Second Day of Christmas"],
  ])("of all of Germany: nobody is called on %s, %s", async (date, name) => {
    const verdict = await judged(BERLIN, { now: `${date}T11:00:00Z` });
    expect(messages(verdict)).toEqual([`It's ${name}, a holiday in all of Germany.`]);
  });

  it("of a state hold for its area codes", async () => {
    const corpusChristi = "2026-06-04T10:00:00Z";
    expect(messages(await judged("+498999998010", { now: corpusChristi }))).toEqual([
      "It's Corpus Christi, a holiday in Baden-Württemberg, Bayern, where the callee is.",
    ]);
    expect(rulesOf(await judged("+494066969010", { now: corpusChristi }))).toEqual([]);
    expect(rulesOf(await judged(BERLIN, { now: "2027-03-08T10:00:00Z" }))).toEqual(["holiday"]);
    expect(rulesOf(await judged("+494066969010", { now: "2027-03-08T10:00:00Z" }))).toEqual([]);
    expect(rulesOf(await judged("+494066969010", { now: "2028-10-31T10:00:00Z" }))).toEqual(["holiday"]);
    expect(rulesOf(await judged("+492214710010", { now: "2028-10-31T10:00:00Z" }))).toEqual([]);
  });

  it("of any state hold for mobile phones, which may be anywhere", async () => {
    const epiphany = { now: "2027-01-06T10:00:00Z" };
    const verdict = await judged(MOBILE, epiphany);
    expect(messages(verdict)).toEqual([
      "It's Epiphany, a holiday in Baden-Württemberg, Bayern, Sachsen-Anhalt, where the callee may be.",
    ]);
    const place = await placeOf(MOBILE, { state: "NW" });
    expect(rulesOf(await judged(MOBILE, { ...epiphany, callee: { place } }))).toEqual([]);
  });

  it("of single states don't count if the list says so, and those of Germany do", async () => {
    const settings = { holidays: "nationwide" } as const;
    expect(rulesOf(await judged(MOBILE, { now: "2027-01-06T10:00:00Z", settings }))).toEqual([]);
    expect(rulesOf(await judged(MOBILE, { now: "2026-12-25T10:00:00Z", settings }))).toEqual(["holiday"]);
  });

  it("are the callee's, at the callee's midnight: other countries have none of Germany's", async () => {
    expect(rulesOf(await judged(LONDON, { now: "2028-10-03T10:00:00Z" }))).toEqual([]);
    // 23:30 on 2 October in Berlin, at a list that calls all day.
    const settings = { weekdayHours: ["00:00", "24:00"] } as const;
    expect(rulesOf(await judged(BERLIN, { now: "2028-10-02T21:30:00Z", settings }))).toEqual([]);
    expect(rulesOf(await judged(BERLIN, { now: "2028-10-02T22:00:00Z", settings }))).toEqual(["holiday"]);
  });

  it("can be added by the list", async () => {
    const settings = { closedDays: ["2026-12-24"] };
    const verdict = await judged(BERLIN, { now: "2026-12-24T10:00:00Z", settings });
    expect(messages(verdict)).toEqual(["The list places no calls on 2026-12-24."]);
    expect(earliest(verdict)).toBe("2026-12-28T07:00:00.000Z"); // After Christmas and a Sunday.
  });
});

describe("Earlier attempts", () => {
  it("are at most three a day, of all lists together", async () => {
    const attempts = ["07:10", "07:30", "07:50"].map((time) => attempt(`2026-11-27T${time}:00Z`, "busy"));
    expect(rulesOf(await judged(BERLIN, { attempts: attempts.slice(1) }))).toEqual([]);
    const verdict = await judged(BERLIN, { attempts });
    expect([rulesOf(verdict), earliest(verdict)]).toEqual([["attempts-day"], "2026-11-28T08:00:00.000Z"]);
    const elsewhere = attempts.map((each) => ({ ...each, ofThisList: false }));
    expect(rulesOf(await judged(BERLIN, { attempts: elsewhere }))).toEqual(["attempts-day"]);
    const yesterday = attempts.map((each) => ({ ...each, at: new Date(each.at.getTime() - 86_400_000) }));
    expect(rulesOf(await judged(BERLIN, { attempts: yesterday }))).toEqual([]);
  });

  it("are at most 15 in seven days", async () => {
    const attempts = Array.from({ length: 15 }, (_, index) =>
      attempt(new Date(NOON.getTime() - (30 + index * 9) * 3_600_000).toISOString(), "busy"),
    );
    expect(rulesOf(await judged(BERLIN, { attempts: attempts.slice(1) }))).toEqual([]);
    const verdict = await judged(BERLIN, { attempts });
    // The oldest was 156 hours ago; 12 hours later it's a week.
    expect([rulesOf(verdict), earliest(verdict)]).toEqual([["attempts-week"], "2026-11-28T08:00:00.000Z"]);
  });

  it("are at most 30 by one list, and then none at any time", async () => {
    const attempts = Array.from({ length: 30 }, (_, index) =>
      attempt(new Date(NOON.getTime() - (index + 8) * 86_400_000).toISOString(), "busy"),
    );
    const verdict = await judged(BERLIN, { attempts });
    expect([rulesOf(verdict), earliest(verdict)]).toEqual([["attempts-list"], undefined]);
    expect(rulesOf(await judged(BERLIN, { attempts: attempts.slice(1) }))).toEqual([]);
    const elsewhere = attempts.map((each) => ({ ...each, ofThisList: false }));
    expect(rulesOf(await judged(BERLIN, { attempts: elsewhere }))).toEqual([]);
  });

  it.each([
    ["busy", "10:50", "10:51", "11:00"],
    ["no-answer", "07:00", "07:01", "11:01"],
    ["unreachable", "07:00", "07:01", "11:01"],
  ] as const)("that ended with %s are followed by a pause of its own", async (cause, long, short, until) => {
    expect(rulesOf(await judged(BERLIN, { attempts: [attempt(`2026-11-27T${long}:00Z`, cause)] }))).toEqual(
      [],
    );
    const verdict = await judged(BERLIN, { attempts: [attempt(`2026-11-27T${short}:00Z`, cause)] });
    expect(rulesOf(verdict)).toEqual(["retry"]);
    if (cause !== "busy") expect(earliest(verdict)).toBe(`2026-11-27T${until}:00.000Z`);
  });

  it("of another list don't make this one wait", async () => {
    const attempts = [attempt("2026-11-27T10:59:00Z", "no-answer", { ofThisList: false })];
    expect(rulesOf(await judged(BERLIN, { attempts }))).toEqual([]);
  });

  it.each(["completed", "not-found", "blocked"] as const)(
    "that ended with %s are the last",
    async (cause) => {
      const attempts = [
        attempt("2026-11-20T10:00:00Z", cause),
        attempt("2026-11-19T10:00:00Z", "busy"), // In any order.
      ];
      const verdict = await judged(BERLIN, { attempts });
      expect([rulesOf(verdict), earliest(verdict)]).toEqual([["finished"], undefined]);
    },
  );

  it("are judged by their disposition, which counts instead of the cause", async () => {
    const mailbox = { name: "mailbox", effect: "retry" } as const;
    const attempts = [attempt("2026-11-27T09:00:00Z", "completed", { disposition: mailbox })];
    const verdict = await judged(BERLIN, { attempts });
    expect(messages(verdict)).toEqual(['After "mailbox", 4 hours have to pass.']);
    expect(earliest(verdict)).toBe("2026-11-27T13:00:00.000Z");
    const done = { name: "has bought", effect: "done" } as const;
    const finished = [attempt("2026-11-20T09:00:00Z", "no-answer", { disposition: done })];
    expect(rulesOf(await judged(BERLIN, { attempts: finished }))).toEqual(["finished"]);
  });

  it("go to a person if their outcome isn't known, until one has looked", async () => {
    const attempts = [attempt("2026-11-20T10:00:00Z", "unknown"), attempt("2026-11-21T10:00:00Z", "busy")];
    const verdict = await judged(BERLIN, { attempts });
    expect([rulesOf(verdict), earliest(verdict)]).toEqual([["unknown-outcome"], undefined]);
    const reviewed = attempts.map((each) => ({ ...each, reviewed: true }));
    expect(rulesOf(await judged(BERLIN, { attempts: reviewed }))).toEqual([]);
  });

  it("that aren't over keep anybody else from calling", async () => {
    const attempts = [attempt("2026-11-27T10:59:00Z", "running", { ofThisList: false })];
    expect(rulesOf(await judged(BERLIN, { attempts }))).toEqual(["running"]);
  });
});

describe("A call back", () => {
  it("comes at the time that the callee asked for, not before, and whatever became of the last call", async () => {
    const attempts = [attempt("2026-11-27T10:00:00Z", "completed")];
    const callBackAt = new Date("2026-11-27T11:30:00Z");
    const early = await judged(BERLIN, { attempts, callee: { callBackAt } });
    expect([rulesOf(early), earliest(early)]).toEqual([["call-back"], "2026-11-27T11:30:00.000Z"]);
    expect(
      rulesOf(await judged(BERLIN, { now: "2026-11-27T11:30:00Z", attempts, callee: { callBackAt } })),
    ).toEqual([]);
  });

  it("keeps to the allowed hours", async () => {
    const callBackAt = new Date("2026-11-27T19:30:00Z");
    const verdict = await judged(BERLIN, { callee: { callBackAt } });
    expect(earliest(verdict)).toBe("2026-11-28T08:00:00.000Z");
  });
});

describe("Whatever the time", () => {
  it("nobody is called who doesn't want to be", async () => {
    const verdict = await judged(BERLIN, { callee: { doNotCall: true } });
    expect([rulesOf(verdict), earliest(verdict)]).toEqual([["do-not-call"], undefined]);
  });

  it("nobody is called without consent, unless the list does without", async () => {
    const without = { callee: { consent: undefined } };
    expect(rulesOf(await judged(BERLIN, without))).toEqual(["consent"]);
    expect(rulesOf(await judged(BERLIN, { ...without, settings: { consentRequired: false } }))).toEqual([]);
  });

  it("consent that is dated later than now is none yet", async () => {
    const consent = { givenAt: new Date("2026-11-27T12:00:00Z") };
    expect(rulesOf(await judged(BERLIN, { callee: { consent } }))).toEqual(["consent"]);
  });

  it("nobody is called by a withheld number, or by one that isn't the account's", async () => {
    const withheld = { number: undefined, isOwn: true };
    expect(rulesOf(await judged(BERLIN, { shownNumber: withheld }))).toEqual(["shown-number"]);
    const stranger = { number: "+493023125999", isOwn: false };
    expect(rulesOf(await judged(BERLIN, { shownNumber: stranger }))).toEqual(["shown-number"]);
  });

  it("nobody is called whom no agent waits for", async () => {
    expect(rulesOf(await judged(BERLIN, { agent: "none" }))).toEqual(["agent"]);
  });

  it("an agent has time to wrap up", async () => {
    const verdict = await judged(BERLIN, { agent: { wrapUpUntil: new Date("2026-11-27T11:00:20Z") } });
    expect([rulesOf(verdict), earliest(verdict)]).toEqual([["wrap-up"], "2026-11-27T11:00:20.000Z"]);
  });

  it("every reason is told, and the earliest time is when none is left", async () => {
    const verdict = await judged(BERLIN, {
      now: "2026-11-27T20:00:00Z",
      attempts: [attempt("2026-11-27T18:59:00Z", "rejected")],
    });
    expect(rulesOf(verdict)).toEqual(["retry", "hours"]);
    expect(earliest(verdict)).toBe("2026-11-30T07:00:00.000Z"); // A day later it's Saturday, 19:59.
  });
});
