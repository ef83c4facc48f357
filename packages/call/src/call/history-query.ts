import { InvalidRequestError, type Problem } from "./errors.js";
import { type E164, readPhoneNumber } from "./number/phone-number.js";
import { optionProblems, type Rules } from "./options.js";
import { pointInTime } from "./point-in-time.js";

/** Which past calls are wanted. */
export interface HistoryQuery {
  /**
   * The maximum number of calls.
   *
   * @default all
   */
  readonly limit?: number | undefined;
  /**
   * Begun at or after. A `Date`, or text such as `2026-11-01T08:00:00Z`, `2026-11-01` or `01.11.2026`. Text
   * without a time zone is in this machine's; a day without a time means its beginning.
   *
   * @default the earliest there is
   */
  readonly from?: Date | string | undefined;
  /**
   * Begun at or before. Written like `from`; a day without a time means its end.
   *
   * @default now
   */
  readonly to?: Date | string | undefined;
  /**
   * With this number, written as people write it: `030 23125 000`, `+493023125000`.
   *
   * @default any
   */
  readonly number?: string | undefined;
}

/** A query that has been checked. */
export interface CheckedHistoryQuery {
  readonly limit: number;
  readonly from: Date | undefined;
  readonly to: Date | undefined;
  readonly number: E164 | undefined;
}

const DATE_REMEDY = "Write it like 2026-11-01, 01.11.2026 or 2026-11-01T08:00:00Z.";

const RULES: Rules<HistoryQuery> = {
  limit: {
    fits: (value) => value === Number.POSITIVE_INFINITY || (Number.isInteger(value) && Number(value) >= 0),
    message: "It isn't a whole number from 0 on.",
    remedy: "Give one such as 20.",
  },
  from: {
    fits: (value) => dateOf(value, "beginning") !== undefined,
    message: "It isn't a date.",
    remedy: DATE_REMEDY,
  },
  to: {
    fits: (value) => dateOf(value, "end") !== undefined,
    message: "It isn't a date.",
    remedy: DATE_REMEDY,
  },
  number: { fits: () => true, message: "", remedy: "" }, // Judged below, like any number.
};

/**
 * @param defaultCountry two letters: the country in which a number without a country code is dialled
 * @throws InvalidRequestError naming everything that's wrong with the query
 */
export async function checkHistoryQuery(
  query: HistoryQuery,
  defaultCountry?: string,
): Promise<CheckedHistoryQuery> {
  const problems = optionProblems(query, RULES).map((problem) =>
    problem.field === "options" ? { ...problem, field: "query" } : problem,
  );
  if (typeof query !== "object" || query === null) throw new InvalidRequestError(problems);
  const [from, to] = [dateOf(query.from, "beginning"), dateOf(query.to, "end")];
  if (from !== undefined && to !== undefined && from > to)
    problems.push({
      field: "to",
      code: "invalid",
      message: "It's before the beginning.",
      remedy: "Swap them.",
    });
  const number = await numberOf(query.number, defaultCountry, problems);
  if (problems.length > 0) throw new InvalidRequestError(problems);
  return { limit: query.limit ?? Number.POSITIVE_INFINITY, from, to, number };
}

function dateOf(value: unknown, partOfDay: "beginning" | "end"): Date | undefined {
  if (typeof value === "string") return pointInTime(value, partOfDay);
  return value instanceof Date && !Number.isNaN(value.getTime()) ? value : undefined;
}

async function numberOf(
  text: string | undefined,
  country: string | undefined,
  problems: Problem[],
): Promise<E164 | undefined> {
  if (text === undefined) return undefined;
  const result = await readPhoneNumber(text, country);
  if (result.ok) return result.number;
  const { code, message, remedy } = result;
  problems.push({ field: "number", code, message, remedy });
  return undefined;
}
