// The public surface that both entry points share.
export type { CallControls, Recording, TransferTarget } from "./call/call-control.js";
export type { CallOutcome } from "./call/call-outcome.js";
export { type CallRequest, type CheckedCallRequest, checkCallRequest } from "./call/call-request.js";
export type { CallChange, CallState, Evidence } from "./call/call-state.js";
export type { CallEnd, EndCause } from "./call/end-cause.js";
export {
  CallError,
  type CallErrorCode,
  ForbiddenError,
  type ForbiddenReason,
  InvalidRequestError,
  InvalidSettingsError,
  type Placed,
  type Problem,
  RateLimitedError,
} from "./call/errors.js";
export type { Extension } from "./call/extension.js";
export type { FollowOptions } from "./call/follow-call.js";
export type { Intention, IntentionState, IntentionStore } from "./call/intention.js";
export {
  type E164,
  type PhoneNumberProblem,
  type PhoneNumberResult,
  readPhoneNumber,
} from "./call/phone-number.js";
export type { Check, CheckName, Preflight } from "./call/preflight.js";
export type { CallSearch } from "./call/search-call.js";
export type {
  AccountNumber,
  Balance,
  CallRestrictions,
  Channel,
  Device,
  HistoryQuery,
  Participant,
  PastCall,
  PlacedCall,
  PlaceOptions,
  Platform,
  RequestOptions,
  RunningCall,
  User,
} from "./call/telephony.js";
export type { Call } from "./sipgate/call.js";
export type { Client, ClientOptions, PlaceRequest } from "./sipgate/client.js";
export type { Credentials, RenewingCredentials } from "./sipgate/credentials.js";
export type { OAuthClient } from "./sipgate/oauth-client.js";
export type { OAuthOptions } from "./sipgate/oauth-credentials.js";
export type { OAuthTokens, TokenStore } from "./sipgate/oauth-tokens.js";
export type { PlannedRequest } from "./sipgate/plan.js";
export type {
  PushAnswer,
  PushCounts,
  PushHandler,
  PushOptions,
  PushRequest,
} from "./sipgate/push-handler.js";
export type { PlatformTrace, RequestTrace, Trace, TraceEvent } from "./sipgate/trace.js";
