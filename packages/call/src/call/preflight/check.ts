/** What is checked before a call. */
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

/** One thing that was checked. */
export interface Check extends Verdict {
  /** What was checked. */
  readonly name: CheckName;
}

/** The result of the check. */
export interface Verdict {
  /** `failed` surely prevents the call, `warning` may; `unchecked` couldn't be checked. */
  readonly result: "ok" | "warning" | "failed" | "unchecked";
  /** What was found, as a sentence. */
  readonly message: string;
  /** What to do about it; empty if there's nothing to do. */
  readonly remedy: string;
}
