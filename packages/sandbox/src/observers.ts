import type { LoggedRequest } from "./logged-request.js";
import type { LoggedPush } from "./push/logged-push.js";
import type { CallObserver } from "./switch/switch.js";

/** Functions to call when something happens. */
export interface Observers {
  request?(request: LoggedRequest): void;
  call?: CallObserver;
  push?(push: LoggedPush): void;
}
