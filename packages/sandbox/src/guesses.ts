// What isn't known of sipgate, each guess with what would settle it. See the reference's section "Not known".

/** Not known: how long sipgate lets a phone ring. Seen on telephone networks: 30 to 60 s. Milliseconds. */
export const RINGS_AT_MOST = 45_000;

/** Not known: how long `/history` takes to show a call that has ended. Milliseconds. */
export const HISTORY_DELAY = 1_000;

// Not known: whether a call that is still ringing can be hung up. Here it can (rest-api/running-calls.ts).
// Not known: which leg rings first on neo; reported both ways. Here the caller's does (switch/switch.ts).

/** Not known: what classic answers to what only neo has (`/channels`, `POST /calls`). */
export const CLASSIC_ON_NEO_PATHS = 404;

/** Not known: the bodies of errors of `/sessions/calls`. Here they have the shape of sipgate's other errors. */
export function errorBody(status: number, title: string, detail: string, pointer?: string): string {
  const source = pointer === undefined ? {} : { source: { pointer } };
  return JSON.stringify({ errors: [{ status, title, detail, ...source }] });
}

/** Not known: the words for a missing scope. */
export function missingScope(scopes: readonly string[]): string {
  return `Insufficient scope: one of ${scopes.join(", ")} is required`;
}

/** Not known: the words for a password that has to be reset; sipgate's examples name just the reason. */
export const PASSWORD_RESET = "The password has to be reset in the web app";

/** What neo says of an order on classic's path. Reported for `/groups`; for `/sessions/calls` only the 403 is. */
export const REQUIRES_CLASSIC = "This endpoint requires a sipgate Classic PBX Account";

/** Not known: the shape of an event of a channel. */
export interface ChannelEvent {
  readonly id: string;
  readonly type: "CALL";
  readonly callId: string;
  readonly direction: "OUTGOING";
  readonly source: string;
  readonly target: string;
  readonly status: string;
  readonly cause: string;
  readonly startedAt: string;
  readonly answeredAt: string | null;
  readonly endedAt: string;
  /** Seconds. */
  readonly duration: number;
}
