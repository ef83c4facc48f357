// The public surface of sipgate-sandbox.
export type { Platform } from "./accounts/tenant.js";
export type { SandboxClock } from "./clock.js";
export type { SandboxOptions } from "./options.js";
export type { LoggedRequest } from "./rest-api/server.js";
export {
  createSandbox,
  type Sandbox,
  type SandboxAccount,
  type SandboxCall,
  type SandboxCredentials,
  type SandboxObserver,
} from "./sandbox.js";
export type { CallState, Cause, Party } from "./switch/call.js";
