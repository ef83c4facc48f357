import type { CheckedCallRequest } from "../call-request.js";
import type { CallRecord } from "../end-cause.js";
import type { CallError } from "../errors.js";
import type {
  AccountNumber,
  Balance,
  CallRestrictions,
  Channel,
  Device,
  Platform,
  RunningCall,
  User,
} from "../telephony.js";

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
export interface Check {
  readonly name: CheckName;
  /** `failed` surely prevents the call, `warning` may; `unchecked` couldn't be looked at. */
  readonly result: "ok" | "warning" | "failed" | "unchecked";
  readonly message: string;
  /** What to do about it; empty where there's nothing to do. */
  readonly remedy: string;
}

/** What could be read, or the error instead. Undefined: of no matter for this call. */
export interface Findings {
  readonly request: CheckedCallRequest | CallError;
  readonly user: User | CallError;
  readonly platform: Platform | undefined | CallError;
  readonly devices: readonly Device[] | CallError;
  readonly numbers: readonly AccountNumber[] | CallError | undefined;
  readonly channels: readonly Channel[] | CallError | undefined;
  readonly restrictions: CallRestrictions | CallError;
  readonly balance: Balance | CallError;
  readonly running: readonly RunningCall[] | CallError;
  /** On neo the channels' events, which the scope for the channels shows. */
  readonly records: readonly CallRecord[] | CallError | undefined;
}
