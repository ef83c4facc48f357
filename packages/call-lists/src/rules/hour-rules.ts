// Sundays, holidays and hours, by clock and calendar of the callee.
import type { Facts } from "./facts.js";
import { localTime } from "./local-time.js";
import { dayOf, nextOpening } from "./opening-times.js";
import type { Reason, Rule } from "./reason.js";

/** If a number may be in several time zones, all have to allow the call. */
export const openingTimes: Rule = (facts) => {
  const { timeZones } = facts.callee.place;
  if (timeZones.length === 0)
    return {
      rule: "time-zone",
      message: "It isn't known which time it is for the callee.",
      until: undefined,
    };
  const reasons = timeZones.flatMap((timeZone) => reasonIn(timeZone, facts) ?? []);
  const [first] = reasons;
  if (first === undefined) return undefined;
  const untils = reasons.map(({ until }) => until?.getTime());
  const latest = Math.max(...untils.map((until) => until ?? Number.POSITIVE_INFINITY));
  return { ...first, until: Number.isFinite(latest) ? new Date(latest) : undefined };
};

function reasonIn(timeZone: string, { callee, settings, now }: Facts): Reason | undefined {
  const { states, timeZones } = callee.place;
  const local = localTime(now, timeZone);
  const day = dayOf(local, settings, states);
  if (day.isOpen && local.minutes >= day.from && local.minutes < day.to) return undefined;
  const until = nextOpening(now, timeZone, settings, states);
  if (!day.isOpen) return { rule: day.rule, message: day.message, until };
  const where = timeZones.length === 1 ? "where the callee is" : "where the callee may be";
  const hours = `${clock(day.from)} to ${clock(day.to)}`;
  const message = `It's ${clock(local.minutes)} ${where} (${timeZone}); calls are allowed from ${hours} there.`;
  return { rule: "hours", message, until };
}

const clock = (minutes: number) =>
  `${String(Math.floor(minutes / 60)).padStart(2, "0")}:${String(minutes % 60).padStart(2, "0")}`;
