import type { Clock } from "../../call/clock.js";

/** A meaning that a 404 can have. */
export interface NotFound {
  readonly code: "not-found" | "call-not-found";
  readonly message: string;
  readonly remedy: string;
}

/** What was asked of sipgate, as far as explaining a refusal needs it. */
export interface RequestContext {
  /** What for, as the end of "sipgate refused to …", e.g. `place the call`. */
  readonly purpose: string;
  /** Whether the request rings phones. */
  readonly placesCall: boolean;
  /** What a 404 means, where it needn't be a wrong base URL. */
  readonly notFound: NotFound | undefined;
  /** The scope it takes, e.g. `sessions:calls:write`. */
  readonly scope: string;
  /** Method and path, e.g. `POST /sessions/calls`. */
  readonly request: string;
  /** Where sipgate's API is taken to be. */
  readonly baseUrl: string;
  /** Whether by a sign-in, whose token was renewed before a 401 is told of. */
  readonly signedIn: boolean;
  /** Tells how long to wait if an answer names a date. */
  readonly clock: Clock;
}
