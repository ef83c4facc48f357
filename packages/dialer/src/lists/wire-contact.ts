// What the page is told of a contact.
import type { HandedOut, Reason, RecordedConsent, UnknownContact } from "sipgate-call-lists";
import { formatNumber } from "../numbers/describe-number.js";
import type { WireListContact, WireReason, WireUnknownContact } from "../wire/wire.js";

export function wireContactOf(handed: HandedOut, consents: readonly RecordedConsent[]): WireListContact {
  const { id, number, name, company, notes, extra, callBackAt } = handed.contact;
  return {
    id,
    number,
    formatted: formatNumber(number),
    name,
    company,
    notes,
    extra,
    callBackAt: callBackAt?.toISOString(),
    consents: consents.map(({ givenAt, ...consent }) => ({ ...consent, givenAt: givenAt.toISOString() })),
    attempts: handed.attempts.map(({ at, cause, disposition, note, agent, ofThisList }) => ({
      at: at.toISOString(),
      cause,
      disposition: disposition?.name,
      note,
      agent,
      ofThisList,
    })),
  };
}

export const wireReasonOf = ({ rule, message, until }: Reason): WireReason => ({
  rule,
  message,
  until: until?.toISOString(),
});

export const wireUnknownOf = ({
  id,
  number,
  name,
  startedAt,
  agent,
}: UnknownContact): WireUnknownContact => ({
  id,
  formatted: formatNumber(number),
  name,
  startedAt: startedAt?.toISOString(),
  agent,
});
