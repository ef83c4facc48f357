// Events for the pages that are open, as server-sent events. The page reads them by fetch, since an EventSource can't
// send the second token.
import type { ServerResponse } from "node:http";
import type { WireEvent } from "../wire/wire.js";

/** Lets the page tell a silent dialer from one that is gone. */
const BEAT_MS = 2_000;

export class EventStream {
  readonly #pages = new Set<ServerResponse>();
  readonly #beat: NodeJS.Timeout;

  constructor() {
    this.#beat = setInterval(() => this.#write(":\n\n"), BEAT_MS);
    this.#beat.unref();
  }

  add(response: ServerResponse, first: WireEvent): void {
    response.writeHead(200, { "content-type": "text/event-stream" });
    response.write(textOf(first));
    this.#pages.add(response);
    response.on("close", () => this.#pages.delete(response));
  }

  send(event: WireEvent): void {
    this.#write(textOf(event));
  }

  close(): void {
    clearInterval(this.#beat);
    for (const page of this.#pages) page.end();
    this.#pages.clear();
  }

  #write(text: string): void {
    for (const page of this.#pages) page.write(text);
  }
}

const textOf = (event: WireEvent) => `data: ${JSON.stringify(event)}\n\n`;
