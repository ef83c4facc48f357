// The rules of a list, as they're typed, checked and reported.
import { InvalidSettingsError } from "sipgate-call";
import { describe, expect, it } from "vitest";
import { checkChanges } from "../src/rules/check-settings.js";
import { readState } from "../src/rules/german-states.js";
import { DEFAULT_SETTINGS, withDefaults } from "../src/rules/list-settings.js";
import { loosenedRules } from "../src/rules/loosened-rules.js";
import { settingsAsTyped, withTyped } from "../src/rules/setting-text.js";

const loosenedBy = (...typed: string[]) => loosenedRules(withDefaults(withTyped({}, typed)));

describe("Rules of a list", () => {
  it("are typed as names and values", () => {
    const typed = [
      "weekday-hours=09:00-17:30",
      "closed-days=2026-12-24, 2026-12-31",
      "consent-required=false",
    ];
    expect(withTyped({ retry: { busy: 20 } }, [...typed, "retry.no-answer=never"])).toEqual({
      weekdayHours: ["09:00", "17:30"],
      closedDays: ["2026-12-24", "2026-12-31"],
      consentRequired: false,
      retry: { busy: 20, "no-answer": "never" },
    });
  });

  it("are shown as they would be typed", () => {
    expect(withDefaults(withTyped({}, settingsAsTyped(DEFAULT_SETTINGS)))).toEqual(DEFAULT_SETTINGS);
  });

  it.each([
    ["attempts-a-day=0", "It isn't a whole number from 1 to 1000."],
    ["wrap-up-seconds=3601", "It isn't a whole number from 0 to 3600."],
    ["weekday-hours=20:00-08:00", "The second time isn't later than the first."],
    ["weekday-hours=8-20", 'It\'s neither "none" nor two times such as 08:00 and 20:00.'],
    ["holidays=some", "It's none of possible-states, nationwide, none."],
    ["closed-days=2026-02-30", "It isn't a list of days such as 2026-12-24."],
    ["consent-required=perhaps", "It's neither true nor false."],
    ["retry.engaged=10", '"engaged" isn\'t a cause.'],
    ["retry.busy=0", 'For "busy", it\'s neither "never" nor a whole number of minutes.'],
    ["predictive=true", "There is no such rule."],
  ])("are checked: %s", (typed, message) => {
    expect(() => withTyped({}, [typed])).toThrow(InvalidSettingsError);
    expect(() => withTyped({}, [typed])).toThrow(message);
  });

  it("are checked when they come from a database, too", () => {
    expect(() => checkChanges("{}")).toThrow(InvalidSettingsError);
    expect(() => checkChanges({ toString: 1 })).toThrow("There is no such rule.");
  });

  it("are named if they are looser than usual, and only then", () => {
    expect(loosenedRules(DEFAULT_SETTINGS)).toEqual([]);
    expect(loosenedBy("weekday-hours=09:00-18:00", "retry.busy=60", "retry.unreachable=never")).toEqual([]);
    expect(loosenedBy("weekday-hours=08:00-21:00")).toEqual([
      "Calls are allowed 08:00 to 21:00 from Monday to Friday (usual: 08:00 to 20:00).",
    ]);
    expect(loosenedBy("sunday-hours=10:00-12:00")).toEqual([
      "Calls are allowed 10:00 to 12:00 on Sundays (usual: not at all).",
    ]);
    expect(loosenedBy("holidays=nationwide")).toEqual(["Calls are allowed on holidays of single states."]);
    expect(loosenedBy("attempts-a-day=5")).toEqual(["A callee may be called 5 times a day (usual: 3)."]);
    expect(loosenedBy("consent-required=false")).toEqual(["Contacts without consent are called."]);
    expect(loosenedBy("retry.not-found=60", "retry.no-answer=30")).toEqual([
      'After "no-answer", a callee is called again after 30 minutes (usual: after 240).',
      'After "not-found", a callee is called again after 60 minutes (usual: never).',
    ]);
  });
});

it("A German state is read as people write it", () => {
  expect(["BY", "de-by", "Bayern", " bavaria "].map(readState)).toEqual(["BY", "BY", "BY", "BY"]);
  expect(["Baden-Württemberg", "Baden-Wu\u0308rttemberg"].map(readState)).toEqual(["BW", "BW"]);
  expect(readState("Tirol")).toBeUndefined();
});
