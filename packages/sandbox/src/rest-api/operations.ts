import { accountOperations } from "./account-resources.js";
import { channelOperations } from "./channels.js";
import { deviceOperations } from "./devices.js";
import { historyOperations } from "./history.js";
import { placeNeoCall } from "./neo-calls.js";
import type { Operation } from "./operation.js";
import { pushSettingsOperations } from "./push-settings.js";
import { runningCallOperations } from "./running-calls.js";
import { placeSessionCall } from "./session-calls.js";

/** All operations of the REST API. */
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
