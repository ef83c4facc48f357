// What a file has of a contact, checked.
import { readPhoneNumber } from "sipgate-call";
import { readState } from "../rules/german-states.js";
import { isTimeZone } from "../rules/local-time.js";
import type { State } from "../rules/place.js";
import type { FoundContact } from "./found-contact.js";
import { readMoment } from "./read-moment.js";

/** What is wrong with a contact of the file. */
export interface ImportProblem {
  readonly line: number;
  /** A stable word: those of `readPhoneNumber`, and a few more. */
  readonly code: string;
  readonly message: string;
}

/** A contact that can be called. */
export interface CheckedContact extends Pick<FoundContact, "line" | "name" | "company" | "notes" | "extra"> {
  /** E.164. */
  readonly number: string;
  readonly state: State | undefined;
  readonly timeZone: string | undefined;
  readonly priority: number;
  readonly callBackAt: Date | undefined;
  readonly consent: CheckedConsent | undefined;
}

export interface CheckedConsent {
  readonly givenAt: Date;
  readonly how: string;
  /** Empty if the file doesn't say. */
  readonly purpose: string;
  readonly words: string;
}

const LONGEST_TEXT = 10_000;

/** @param country that numbers without a country code are dialled in, two letters */
export async function judgeContactRow(
  found: FoundContact,
  country: string,
): Promise<CheckedContact | readonly ImportProblem[]> {
  const problems: ImportProblem[] = [];
  const add = (code: string, message: string) => problems.push({ line: found.line, code, message });
  const [written] = found.numbers;
  const read = written === undefined ? undefined : await readPhoneNumber(written, country);
  if (read === undefined) add("no-number", "There is no phone number.");
  else if (!read.ok) add(read.code, read.message);
  if (found.hasTooManyCells) add("too-many-cells", "There are more cells than columns.");
  const place = placeIn(found, add);
  const priority = found.priority === "" ? 0 : Number(found.priority);
  if (!Number.isInteger(priority) || Math.abs(priority) > 1_000)
    add("priority", `The priority "${shortened(found.priority)}" isn't a whole number from -1000 to 1000.`);
  const callBackAt = momentIn("call-back", found.callBackAt, add);
  const consent = consentIn(found, add);
  const { line, name, company, notes, extra } = found;
  const texts = [name, company, notes, found.consentHow, found.consentWords, ...Object.values(extra)];
  if (texts.some((text) => text.length > LONGEST_TEXT))
    add("too-long", `A cell has more than ${LONGEST_TEXT} characters.`);
  if (problems.length > 0 || read?.ok !== true) return problems;
  return { line, number: read.number, name, company, notes, extra, ...place, priority, callBackAt, consent };
}

type Add = (code: string, message: string) => void;

function placeIn({ state, timeZone }: FoundContact, add: Add): Pick<CheckedContact, "state" | "timeZone"> {
  const read = state === "" ? undefined : readState(state);
  if (state !== "" && read === undefined) add("state", `"${shortened(state)}" isn't a German state.`);
  if (timeZone !== "" && !isTimeZone(timeZone))
    add("time-zone", `"${shortened(timeZone)}" isn't a time zone such as Europe/Vienna.`);
  return { state: read, timeZone: timeZone === "" ? undefined : timeZone };
}

function consentIn(found: FoundContact, add: Add): CheckedConsent | undefined {
  const { consentAt, consentHow: how, consentWords: words, consentPurpose: purpose } = found;
  if ([consentAt, how, words, purpose].every((text) => text === "")) return undefined;
  const missing = [
    ...(consentAt === "" ? ["when"] : []),
    ...(how === "" ? ["how"] : []),
    ...(words === "" ? ["in which words"] : []),
  ];
  if (missing.length > 0)
    add("consent", `The consent is no proof: it isn't told ${missing.join(" or ")} it was given.`);
  const givenAt = momentIn("consent", consentAt, add);
  return givenAt === undefined ? undefined : { givenAt, how, words, purpose };
}

function momentIn(code: string, text: string, add: Add): Date | undefined {
  if (text === "") return undefined;
  const moment = readMoment(text);
  if (moment === undefined)
    add(code, `"${shortened(text)}" isn't a date such as 2026-11-27 or 27.11.2026 10:30.`);
  return moment;
}

const shortened = (text: string) => (text.length > 60 ? `${text.slice(0, 60)}…` : text);
