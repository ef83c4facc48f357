import type { StartPhones } from "./ports.js";
import { startPhonesWith } from "./start-phones.js";

/**
 * Starts to listen for phones.
 *
 * @throws Error (rejects) with Node's `code`, such as `EADDRINUSE`, if it can't listen
 */
export const startPhones: StartPhones = (exchange, settings) =>
  startPhonesWith(`${__dirname}/media-worker.cjs`, exchange, settings);
