// What a request is to the resources, and what they answer with.
import type { Account } from "../accounts/accounts.js";
import type { Clock } from "../clock.js";
import { errorBody } from "../guesses.js";
import type { History } from "../switch/history.js";
import type { Switch } from "../switch/switch.js";

export interface Reply {
  readonly status: number;
  readonly body?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** A request whose sender is known and may make it. */
export interface Exchange {
  readonly account: Account;
  /** The parts of the path that the route leaves open, by name. */
  readonly path: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
  /** The body, parsed and checked against the route's fields. Empty where the route takes none. */
  readonly body: Readonly<Record<string, unknown>>;
  readonly world: World;
}

/** What all requests share. */
export interface World {
  readonly clock: Clock;
  readonly switch: Switch;
  readonly history: History;
}

export function json(value: unknown, status = 200): Reply {
  return { status, body: JSON.stringify(value), headers: { "content-type": "application/json" } };
}

export const NO_CONTENT: Reply = { status: 204 };

const TITLES: Readonly<Record<number, string>> = {
  400: "Bad Request",
  401: "Unauthorized",
  402: "Payment Required",
  403: "Forbidden",
  404: "Not Found",
  405: "Method Not Allowed",
  409: "Conflict",
  413: "Payload Too Large",
  415: "Unsupported Media Type",
  429: "Too Many Requests",
};

/** A refusal in the shape of sipgate's errors. */
export function refuse(status: number, detail: string, pointer?: string): Reply {
  return {
    status,
    body: errorBody(status, TITLES[status] ?? "Error", detail, pointer),
    headers: { "content-type": "application/json" },
  };
}
