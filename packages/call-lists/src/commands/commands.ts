import type { ListsCommand } from "./command.js";
import { database } from "./database.js";
import { deliver } from "./deliver.js";
import { init } from "./init.js";
import { next, work } from "./next.js";
import { pause, resume, stop } from "./pause.js";
import { rates } from "./rates.js";
import { status } from "./status.js";
import { review, unknown } from "./unknown.js";
import { webhook } from "./webhook.js";

/** In the order of the help. */
export const COMMANDS: readonly ListsCommand[] = [
  init,
  status,
  next,
  work,
  pause,
  resume,
  stop,
  unknown,
  review,
  rates,
  webhook,
  deliver,
  database,
];
