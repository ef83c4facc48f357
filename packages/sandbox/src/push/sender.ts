import type { ClientRequest, IncomingMessage } from "node:http";
import { isHttps, pushUrlProblem } from "./push-url.js";
import { Slots } from "./slots.js";

/** For how long a receiver may take over its whole answer, in milliseconds of real time. */
const TIME_LIMIT = 5_000;
/** How much of an answer is read, in bytes. Longer ones count as empty. */
const ANSWER_LIMIT = 64 * 1024;
/** How many pushes may be under way at a time: a thousand calls that end at once must not use up all sockets. */
const AT_A_TIME = 32;

/** What a receiver answered. */
export interface PushResponse {
  readonly status: number;
  readonly text: string;
}

/** Sends signed forms, one request on one connection each. Redirects are not followed. */
export class Sender {
  readonly #slots = new Slots(AT_A_TIME);
  readonly #underWay = new Set<ClientRequest>();
  #closed = false;

  /** Resolves with undefined if there was no answer, not in time, or if nothing may be sent to this URL; never rejects. */
  post(url: string, body: string, signature: string): Promise<PushResponse | undefined> {
    return this.#slots.run(async () => {
      if (this.#closed || pushUrlProblem(url) !== undefined) return undefined;
      // TLS takes a while to load, and most sandboxes never need it.
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

  /** Cuts what is under way, and sends nothing more. */
  close(): void {
    this.#closed = true;
    for (const request of this.#underWay) request.destroy();
  }

  #exchange(request: ClientRequest, content: Buffer): Promise<PushResponse | undefined> {
    this.#underWay.add(request);
    const timer = setTimeout(() => request.destroy(), TIME_LIMIT);
    return new Promise((resolve) => {
      let answer: Promise<PushResponse | undefined> = Promise.resolve(undefined);
      request.on("response", (response) => {
        answer = read(response).catch(() => undefined);
      });
      // What went wrong makes no difference; "close" follows.
      request.on("error", () => undefined);
      request.on("close", () => {
        clearTimeout(timer);
        this.#underWay.delete(request);
        resolve(answer);
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
    if (length > ANSWER_LIMIT) return { status, text: "" };
    chunks.push(chunk);
  }
  return { status, text: Buffer.concat(chunks).toString("utf8") };
}
