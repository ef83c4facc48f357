// The public surface that both entry points share.

export {
  type CallRequest,
  type CheckedCallRequest,
  checkCallRequest,
  type PlaceRequest,
} from "./call/call-request.js";
export type { Clock } from "./call/clock.js";
export { type ContactColumns, contactColumns } from "./call/contacts/contact-columns.js";
export { readVcards, type VcardContact, type VcardNumber } from "./call/contacts/vcard.js";
export type { CallControls, Recording, TransferTarget } from "./call/control/call-control.js";
export type { CallEnd, EndCause } from "./call/end-cause.js";
export {
  type AnyCallError,
  CallError,
  type CallErrorCode,
  type CallErrorDetails,
  type CallSearch,
  ForbiddenError,
  type ForbiddenReason,
  InvalidRequestError,
  InvalidSettingsError,
  isCallError,
  type Placed,
  type Problem,
  RateLimitedError,
} from "./call/errors.js";
export type { Extension } from "./call/extension.js";
export type { CallOutcome } from "./call/follow/call-outcome.js";
export type { CallChange, CallState, Evidence } from "./call/follow/call-state.js";
export type { FollowOptions } from "./call/follow/follow-call.js";
export type { HistoryQuery } from "./call/history-query.js";
export {
  type E164,
  type PhoneNumberProblem,
  type PhoneNumberReading,
  type PhoneNumberResult,
  readPhoneNumber,
} from "./call/number/phone-number.js";
export type {
  IdempotencyRecord,
  IdempotencyState,
  IdempotencyStore,
  StoredRecord,
} from "./call/place/idempotency-store.js";
export type { Check, CheckName } from "./call/preflight/check.js";
export type { Preflight } from "./call/preflight/preflight.js";
export type {
  AccountNumber,
  Balance,
  CallRestrictions,
  Channel,
  Contact,
  Device,
  Participant,
  PastCall,
  PlacedCall,
  PlaceOptions,
  Platform,
  RequestOptions,
  RunningCall,
  SipAccount,
  User,
} from "./call/telephony.js";
export { csvCell } from "./call/text/csv-cell.js";
export type { Call, NewCall } from "./client/call.js";
export type { Client } from "./client/client.js";
export type { ClientOptions } from "./client/client-options.js";
export { type EnvironmentOptions, optionsFromEnvironment } from "./client/options-from-environment.js";
export type { CallDetails } from "./client/picked-up-call.js";
export type { Credentials, RenewingCredentials } from "./sipgate/auth/credentials.js";
export type { OAuthClient } from "./sipgate/auth/oauth-client.js";
export type { OAuthOptions } from "./sipgate/auth/oauth-credentials.js";
export type { OAuthTokens, TokenStore } from "./sipgate/auth/oauth-tokens.js";
export type { HttpsAgent } from "./sipgate/http/agent.js";
export type { TransportFailure } from "./sipgate/http/http.js";
export type { PlatformTrace, RequestTrace, Trace, TraceEvent } from "./sipgate/http/trace.js";
export type { PlannedRequest } from "./sipgate/platform/dry-run.js";
export type { PlaceResponse, SipgateCall } from "./sipgate/platform/placed-call.js";
export type {
  PushCounts,
  PushHandler,
  PushOptions,
  PushRequest,
  PushResponse,
} from "./sipgate/push/push-handler.js";
