// What earlier attempts mean for the next one.
import type { Attempt, Disposition } from "./facts.js";
import type { ListSettings, RetryAfter } from "./list-settings.js";
import { instantOf, localTime, nextDate } from "./local-time.js";
import type { Reason, Rule } from "./reason.js";

const MINUTE_MS = 60_000;
const WEEK_MS = 7 * 24 * 60 * MINUTE_MS;

const latestOf = (attempts: readonly Attempt[]): Attempt | undefined =>
  attempts.reduce<Attempt | undefined>(
    (latest, attempt) => (latest === undefined || attempt.at > latest.at ? attempt : latest),
    undefined,
  );

/** A call whose outcome isn't known may have reached the callee: a person looks at it first. */
export const unknownOutcome: Rule = ({ attempts }) => {
  if (attempts.some(({ cause }) => cause === "running"))
    return { rule: "running", message: "A call to this number isn't over.", until: undefined };
  if (attempts.some(({ cause, reviewed }) => cause === "unknown" && reviewed !== true))
    return {
      rule: "unknown-outcome",
      message: "It isn't known what became of an earlier call. A person has to look at it first.",
      until: undefined,
    };
  return undefined;
};

/** A call back is for the time that the callee asked for, whatever became of earlier calls. */
export const retryPause: Rule = ({ attempts, callee, settings, now }) => {
  const latest = latestOf(attempts.filter(({ ofThisList }) => ofThisList));
  if (latest === undefined || latest.cause === "running" || callee.callBackAt !== undefined) return undefined;
  const { at, cause, disposition } = latest;
  const pause = disposition === undefined ? settings.retry[cause] : pauseAfter(disposition, settings);
  const what = disposition?.name ?? cause;
  if (pause === "never")
    return { rule: "finished", message: `After "${what}", nobody is called again.`, until: undefined };
  const until = new Date(at.getTime() + pause * MINUTE_MS);
  if (now >= until) return undefined;
  return { rule: "retry", message: `After "${what}", ${inWords(pause)} have to pass.`, until };
};

/** Without the time that a call back should have been for, it's tried like any other. */
function pauseAfter({ effect }: Disposition, { retryAfterDisposition }: ListSettings): RetryAfter {
  return effect === "retry" || effect === "call-back" ? retryAfterDisposition : "never";
}

const inWords = (minutes: number) =>
  minutes >= 120 && minutes % 60 === 0 ? `${minutes / 60} hours` : `${minutes} minutes`;

/** By the callee's calendar. If there may be several, by the one with most attempts. */
export const attemptsInDay: Rule = ({ attempts, callee, settings, now }) => {
  if (attempts.length < settings.attemptsADay) return undefined;
  const full = callee.place.timeZones.flatMap((timeZone) => {
    const today = localTime(now, timeZone).date;
    const count = attempts.filter(({ at }) => localTime(at, timeZone).date === today).length;
    return count >= settings.attemptsADay ? [instantOf(nextDate(today), 0, timeZone)] : [];
  });
  if (full.length === 0) return undefined;
  const until = new Date(Math.max(...full.map(Number)));
  return limit("attempts-day", `${times(settings.attemptsADay)} a day`, until);
};

export const attemptsInWeek: Rule = ({ attempts, settings, now }) => {
  const within = attempts.map(({ at }) => at.getTime()).filter((at) => now.getTime() - at < WEEK_MS);
  if (within.length < settings.attemptsAWeek) return undefined;
  // When so many have left the week that one more fits.
  const oldest = within.sort((a, b) => b - a)[settings.attemptsAWeek - 1];
  const until = oldest === undefined ? undefined : new Date(oldest + WEEK_MS);
  return limit("attempts-week", `${times(settings.attemptsAWeek)} in seven days`, until);
};

export const attemptsOfList: Rule = ({ attempts, settings }) =>
  attempts.filter(({ ofThisList }) => ofThisList).length >= settings.attemptsPerList
    ? limit("attempts-list", `${times(settings.attemptsPerList)} by this list`, undefined)
    : undefined;

const times = (count: number) => (count === 1 ? "once" : `${count} times`);

const limit = (rule: Reason["rule"], howOften: string, until: Date | undefined): Reason => ({
  rule,
  message: `The callee may be called ${howOften}, and was.`,
  until,
});
