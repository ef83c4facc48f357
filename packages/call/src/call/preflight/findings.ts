import type { CheckedCallRequest } from "../call-request.js";
import type { CallRecord } from "../end-cause.js";
import type { CallError, InvalidRequestError } from "../errors.js";
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
import type { PlatformRules } from "./platform-rules.js";

/** What could be read, or the error instead. `undefined`: not relevant to this call. */
export interface Findings {
  /** What should be known about the price of the call. */
  readonly costs: readonly string[];
  readonly request: CheckedCallRequest | InvalidRequestError;
  readonly user: User | CallError;
  readonly platform: Platform | undefined | CallError;
  /** The rules of that platform. */
  readonly rules: PlatformRules;
  readonly devices: readonly Device[] | CallError;
  readonly numbers: readonly AccountNumber[] | CallError | undefined;
  readonly channels: readonly Channel[] | CallError | undefined;
  readonly restrictions: CallRestrictions | CallError;
  readonly balance: Balance | CallError;
  /** `undefined` also if whether the call can be followed wasn't asked. */
  readonly running: readonly RunningCall[] | CallError | undefined;
  /** Also `undefined` if channels tell how calls ended: the scope for the channels shows them. */
  readonly records: readonly CallRecord[] | CallError | undefined;
}
