import type { Clock } from "../../call/clock.js";

/** A meaning that a 404 can have. */
export interface NotFound {
  readonly code: "not-found" | "call-not-found";
  readonly message: string;
  readonly remedy: string;
}

/** What a message about a refusal needs to know of the request. */
export interface RequestContext {
  /** What for, as the end of "sipgate didn't …", e.g. `place the call`. */
  readonly purpose: string;
  /** Whether the request rings phones. */
  readonly placesCall: boolean;
  /** What a 404 means, if it needn't be a wrong base URL. */
  readonly notFound: NotFound | undefined;
  /** The scope it takes, e.g. `sessions:calls:write`. */
  readonly scope: string;
  /** Method and path, e.g. `POST /sessions/calls`. */
  readonly request: string;
  /** The assumed address of sipgate's API. */
  readonly baseUrl: string;
  /** Whether the credentials are a sign-in, whose token was renewed before a 401 is reported. */
  readonly signedIn: boolean;
  /** Tells how long to wait if a response names a date. */
  readonly clock: Clock;
}
