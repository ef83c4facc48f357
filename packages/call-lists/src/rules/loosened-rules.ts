// Rules that a team has made looser than the defaults. The report names them.
import { DEFAULT_SETTINGS, type Hours, type ListSettings, type RetryAfter } from "./list-settings.js";

/** A sentence for each. */
export function loosenedRules(settings: ListSettings): readonly string[] {
  const usual = DEFAULT_SETTINGS;
  return [
    ...hours("from Monday to Friday", settings.weekdayHours, usual.weekdayHours),
    ...hours("on Saturdays", settings.saturdayHours, usual.saturdayHours),
    ...hours("on Sundays", settings.sundayHours, usual.sundayHours),
    ...(settings.holidays === "none" ? ["Calls are allowed on holidays."] : []),
    ...(settings.holidays === "nationwide" ? ["Calls are allowed on holidays of single states."] : []),
    ...attempts("a day", settings.attemptsADay, usual.attemptsADay),
    ...attempts("in seven days", settings.attemptsAWeek, usual.attemptsAWeek),
    ...attempts("by this list", settings.attemptsPerList, usual.attemptsPerList),
    ...Object.entries(settings.retry).flatMap(([cause, pause]) =>
      retry(cause, pause, causePause(cause, usual)),
    ),
    ...retry("a disposition", settings.retryAfterDisposition, usual.retryAfterDisposition),
    ...(settings.consentRequired ? [] : ["Contacts without consent are called."]),
  ];
}

function causePause(cause: string, { retry }: ListSettings): RetryAfter {
  return Object.entries(retry).find(([name]) => name === cause)?.[1] ?? "never";
}

function hours(when: string, set: Hours | "none", usual: Hours | "none"): string[] {
  if (set === "none") return [];
  if (usual !== "none" && set[0] >= usual[0] && set[1] <= usual[1]) return [];
  const instead = usual === "none" ? "not at all" : `${usual[0]} to ${usual[1]}`;
  return [`Calls are allowed ${set[0]} to ${set[1]} ${when} (usual: ${instead}).`];
}

function attempts(within: string, set: number, usual: number): string[] {
  return set > usual ? [`A callee may be called ${set} times ${within} (usual: ${usual}).`] : [];
}

function retry(after: string, set: RetryAfter, usual: RetryAfter): string[] {
  if (set === "never" || (usual !== "never" && set >= usual)) return [];
  const instead = usual === "never" ? "never" : `after ${usual}`;
  return [`After "${after}", a callee is called again after ${set} minutes (usual: ${instead}).`];
}
