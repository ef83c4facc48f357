export type CheckName =
  | "credentials"
  | "platform"
  | "request"
  | "caller"
  | "device"
  | "channel"
  | "caller ID"
  | "restrictions"
  | "balance"
  | "permission"
  | "following";

/** One thing that was looked at. */
export interface Check extends Verdict {
  readonly name: CheckName;
}

/** What came of looking at it. */
export interface Verdict {
  /** `failed` surely prevents the call, `warning` may; `unchecked` couldn't be looked at. */
  readonly result: "ok" | "warning" | "failed" | "unchecked";
  readonly message: string;
  /** What to do about it; empty where there's nothing to do. */
  readonly remedy: string;
}
