import type { IncomingMessage } from "node:http";
import type { Answer } from "./answer.js";

/** Carries out one request; never rejects. `undefined` if the client has gone before the request was complete. */
export type RequestHandler = (request: IncomingMessage) => Promise<Answer | undefined>;
