import type { IncomingMessage } from "node:http";
import type { HttpResponse } from "./response.js";

/** Handles one request; never rejects. `undefined` if the client went away before it had sent the whole request. */
export type RequestHandler = (request: IncomingMessage) => Promise<HttpResponse | undefined>;
