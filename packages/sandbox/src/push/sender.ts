import type { ClientRequest, IncomingMessage } from "node:http";
import { isHttps, pushUrlProblem } from "./push-url.js";
import { Slots } from "./slots.js";

/** How long a receiver may take for its whole response, in milliseconds of real time. */
const TIME_LIMIT_MS = 5_000;
/** How much of a response is read, in bytes. Longer ones count as empty. */
const RESPONSE_LIMIT = 64 * 1024;
/** How many pushes may be in progress at a time: a thousand calls that end at once must not use up all sockets. */
const AT_A_TIME = 32;

/** What a receiver responded. */
export interface PushResponse {
  readonly status: number;
  readonly text: string;
}

/** Sends signed forms, each on a connection of its own. Doesn't follow redirects. */
export class Sender {
  readonly #slots = new Slots(AT_A_TIME);
  readonly #inProgress = new Set<ClientRequest>();
  #closed = false;

  /** Resolves with `undefined` if no response came in time, or if the URL isn't allowed. Never rejects. */
  post(url: string, body: string, signature: string): Promise<PushResponse | undefined> {
    return this.#slots.run(async () => {
      if (this.#closed || pushUrlProblem(url) !== undefined) return undefined;
      // TLS takes time to load, and most sandboxes never need it.
      const { request } = await (isHttps(url) ? import("node:https") : import("node:http"));
      if (this.#closed) return undefined;
      const content = Buffer.from(body);
      const headers = {
        "content-type": "application/x-www-form-urlencoded",
        "content-length": content.length,
        "x-sipgate-signature": signature,
      };
      return this.#exchange(request(new URL(url), { method: "POST", agent: false, headers }), content);
    });
  }

  /** Cancels the requests in progress, and sends nothing more. */
  close(): void {
    this.#closed = true;
    for (const request of this.#inProgress) request.destroy();
  }

  #exchange(request: ClientRequest, content: Buffer): Promise<PushResponse | undefined> {
    this.#inProgress.add(request);
    const timer = setTimeout(() => request.destroy(), TIME_LIMIT_MS);
    return new Promise((resolve) => {
      let received: Promise<PushResponse | undefined> = Promise.resolve(undefined);
      request.on("response", (response) => {
        received = read(response).catch(() => undefined);
      });
      // All errors are treated alike, on "close", which follows.
      request.on("error", () => undefined);
      request.on("close", () => {
        clearTimeout(timer);
        this.#inProgress.delete(request);
        resolve(received);
      });
      request.end(content);
    });
  }
}

async function read(response: IncomingMessage): Promise<PushResponse> {
  const status = response.statusCode ?? 0;
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of response as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length > RESPONSE_LIMIT) return { status, text: "" };
    chunks.push(chunk);
  }
  return { status, text: Buffer.concat(chunks).toString("utf8") };
}
