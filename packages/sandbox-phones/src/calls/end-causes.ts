import type { EndCause } from "../ports.js";

/** What a phone's refusal means. @param hasRung whether somebody could have answered */
export function causeOfStatus(status: number, hasRung: boolean): EndCause {
  switch (status) {
    case 403:
    case 603:
      return "rejected";
    case 404:
    case 410:
    case 604:
      return "not-found";
    case 408:
      return hasRung ? "no-answer" : "unreachable";
    case 486:
    case 600:
      return "busy";
    case 487:
      return "canceled";
    default:
      if (status >= 300 && status < 400) return "forwarded";
      return "unreachable";
  }
}

const STATUSES: Readonly<Record<EndCause, number>> = {
  completed: 480,
  busy: 486,
  "no-answer": 408,
  rejected: 603,
  canceled: 487,
  "not-found": 404,
  unreachable: 480,
  forwarded: 480,
  blocked: 403,
  "insufficient-funds": 402,
};

/** How a phone that has dialled or transferred learns that nobody answers. */
export function statusOfCause(cause: EndCause): number {
  return STATUSES[cause];
}
