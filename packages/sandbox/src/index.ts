export type { DocumentedToken } from "./accounts/tokens.js";
export { callees, callers, type DocumentedCallee, type DocumentedCaller } from "./directory.js";
export type { LoggedRequest } from "./logged-request.js";
export type { SandboxOptions } from "./options.js";
export type { PushEvent } from "./push/event-forms.js";
export type { LoggedPush } from "./push/logged-push.js";
export { type Credentials, createSandbox, type Sandbox, type SandboxClock } from "./sandbox.js";
export type { CallEnd, CallState, EndCause, LegState, Party, Platform, PushWord } from "./switch/call.js";
export type { CallSnapshot, LegSnapshot } from "./switch/snapshot.js";
