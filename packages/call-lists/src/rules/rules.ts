// Whether a contact may be dialled now. No input or output: it can be judged again at any moment, and is, in the
// transaction that marks the contact as being dialled.
import {
  attemptsInDay,
  attemptsInWeek,
  attemptsOfList,
  retryPause,
  unknownOutcome,
} from "./attempt-rules.js";
import type { Facts } from "./facts.js";
import { openingTimes } from "./hour-rules.js";
import type { Reason, Rule } from "./reason.js";

export type { AgentFacts, Attempt, CalleeFacts, Consent, Disposition, Facts, ShownNumber } from "./facts.js";
export type { Reason, RuleName } from "./reason.js";

export type Verdict =
  | { readonly allowed: true }
  | {
      readonly allowed: false;
      /** Every rule that doesn't allow the call, at least one. */
      readonly reasons: readonly [Reason, ...Reason[]];
      /** When all rules allow it at the earliest, as far as is known now. Undefined if time alone changes nothing. */
      readonly earliest: Date | undefined;
    };

/** Nobody is called whom no agent waits for: there is no predictive dialling, so this can't be set otherwise. */
const agentWaits: Rule = ({ agent }) =>
  agent === undefined
    ? { rule: "agent", message: "No agent waits for this call.", until: undefined }
    : undefined;

const wrapUp: Rule = ({ agent, now }) =>
  agent?.wrapUpUntil !== undefined && now < agent.wrapUpUntil
    ? { rule: "wrap-up", message: "The agent is still busy with the last call.", until: agent.wrapUpUntil }
    : undefined;

const doNotCall: Rule = ({ callee }) =>
  callee.doNotCall
    ? { rule: "do-not-call", message: `${callee.number} doesn't want to be called.`, until: undefined }
    : undefined;

const consent: Rule = ({ callee, settings, now }) => {
  if (!settings.consentRequired) return undefined;
  if (callee.consent === undefined)
    return {
      rule: "consent",
      message: "No consent is recorded, and the list asks for it.",
      until: undefined,
    };
  const { givenAt } = callee.consent;
  return now < givenAt
    ? { rule: "consent", message: "The consent is dated later than now.", until: givenAt }
    : undefined;
};

const shownNumber: Rule = ({ shownNumber: { number, isOwn } }) => {
  if (number !== undefined && isOwn) return undefined;
  const message =
    number === undefined
      ? "The callee would see no number, and it may not be withheld."
      : `The callee would see ${number}, which isn't one of the account's numbers.`;
  return { rule: "shown-number", message, until: undefined };
};

const callBack: Rule = ({ callee: { callBackAt }, now }) =>
  callBackAt !== undefined && now < callBackAt
    ? { rule: "call-back", message: "The callee asked for a call at a later time.", until: callBackAt }
    : undefined;

const RULES: readonly Rule[] = [
  doNotCall,
  consent,
  shownNumber,
  agentWaits,
  wrapUp,
  unknownOutcome,
  callBack,
  retryPause,
  attemptsInDay,
  attemptsInWeek,
  attemptsOfList,
  openingTimes,
];

/**
 * Judges all rules at a moment.
 *
 * @example
 * ```ts
 * const verdict = judgeContact({ ...facts, now: new Date("2026-11-27T19:01:00Z") });
 * // { allowed: false, reasons: [{ rule: "hours", message: "It's 20:01 where the callee is …", until }], earliest }
 * ```
 */
export function judgeContact(facts: Facts): Verdict {
  const [first, ...others] = reasonsAgainst(facts);
  if (first === undefined) return { allowed: true };
  const reasons: [Reason, ...Reason[]] = [first, ...others];
  return { allowed: false, reasons, earliest: earliestAfter(facts, reasons) };
}

const reasonsAgainst = (facts: Facts): Reason[] =>
  RULES.flatMap((rule) => {
    const reason = rule(facts);
    return reason === undefined ? [] : [reason];
  });

/** Each step goes to when the last one's rules allow it, at most so often. */
const MOST_STEPS = 200;

function earliestAfter(facts: Facts, reasons: readonly Reason[]): Date | undefined {
  let against = reasons;
  let { now } = facts;
  for (let step = 0; step < MOST_STEPS; step++) {
    const untils = against.map(({ until }) => until?.getTime());
    const latest = Math.max(...untils.map((until) => until ?? Number.POSITIVE_INFINITY));
    if (!Number.isFinite(latest) || latest <= now.getTime()) return undefined;
    now = new Date(latest);
    against = reasonsAgainst({ ...facts, now });
    if (against.length === 0) return now;
  }
  return undefined;
}
