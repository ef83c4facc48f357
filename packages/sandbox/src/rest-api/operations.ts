import { accountOperations } from "./account-resources.js";
import { channelOperations } from "./channels.js";
import { deviceOperations } from "./devices.js";
import { historyOperations } from "./history.js";
import { placeNeoCall } from "./neo-calls.js";
import type { Operation } from "./operation.js";
import { pushSettingsOperations } from "./push-settings.js";
import { runningCallOperations } from "./running-calls.js";
import { placeSessionCall } from "./session-calls.js";

/** Everything that can be asked of the sandbox. */
export const OPERATIONS: readonly Operation[] = [
  placeSessionCall,
  placeNeoCall,
  ...runningCallOperations,
  ...accountOperations,
  ...deviceOperations,
  ...historyOperations,
  ...channelOperations,
  ...pushSettingsOperations,
];
