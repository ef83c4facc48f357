import type { IncomingMessage } from "node:http";
import type { HttpResponse } from "./response.js";

/** Carries out one request; never rejects. `undefined` if the client has gone before the request was complete. */
export type RequestHandler = (request: IncomingMessage) => Promise<HttpResponse | undefined>;
