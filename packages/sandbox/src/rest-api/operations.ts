import { accountOperations } from "./account-resources.js";
import { channelOperations } from "./channels.js";
import { contactOperations } from "./contacts.js";
import { deviceOperations } from "./devices.js";
import { eventOperations } from "./events.js";
import { historyOperations } from "./history.js";
import { placeNeoCall } from "./neo-calls.js";
import { numberOperations } from "./numbers.js";
import type { Operation } from "./operation.js";
import { phonelineOperations } from "./phonelines.js";
import { pushSettingsOperations } from "./push-settings.js";
import { recordingOperations } from "./recordings.js";
import { runningCallOperations } from "./running-calls.js";
import { placeSessionCall } from "./session-calls.js";
import { userOperations } from "./users.js";

/** All operations of the REST API. */
export const OPERATIONS: readonly Operation[] = [
  placeSessionCall,
  placeNeoCall,
  ...runningCallOperations,
  ...accountOperations,
  ...userOperations,
  ...numberOperations,
  ...phonelineOperations,
  ...contactOperations,
  ...deviceOperations,
  ...historyOperations,
  ...recordingOperations,
  ...eventOperations,
  ...channelOperations,
  ...pushSettingsOperations,
];
