import { block } from "./block.js";
import type { ListsCommand } from "./command.js";
import { database } from "./database.js";
import { deliver } from "./deliver.js";
import { dispositions } from "./dispositions.js";
import { exportCommand } from "./export.js";
import { forget, tidy } from "./forget.js";
import { importCommand } from "./import.js";
import { init } from "./init.js";
import { next, work } from "./next.js";
import { pause, resume, stop } from "./pause.js";
import { rates } from "./rates.js";
import { report } from "./report.js";
import { rules } from "./rules.js";
import { status } from "./status.js";
import { review, unknown } from "./unknown.js";
import { webhook } from "./webhook.js";

/** In the order of the help. */
export const COMMANDS: readonly ListsCommand[] = [
  init,
  importCommand,
  rules,
  dispositions,
  status,
  next,
  work,
  pause,
  resume,
  stop,
  unknown,
  review,
  report,
  exportCommand,
  block,
  forget,
  tidy,
  rates,
  webhook,
  deliver,
  database,
];
