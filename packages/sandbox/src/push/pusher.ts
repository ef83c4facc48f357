import { pushEventsAt } from "../assumptions.js";
import { BoundedLog } from "../bounded-log.js";
import { sign } from "../signing-key.js";
import type { Call } from "../switch/call.js";
import { type CallbackUrls, callbackUrlsFrom, NO_CALLBACKS } from "./callback-urls.js";
import type { PushEvent } from "./event.js";
import { formOf } from "./event-form.js";
import type { LoggedPush } from "./logged-push.js";
import { Sender } from "./sender.js";

/** How many pushes may wait. A receiver that is slower than the calls loses what comes beyond them. */
const WAITING_LIMIT = 10_000;

/** One event of a call, ready to be sent. */
interface PreparedEvent {
  readonly at: number;
  readonly event: PushEvent;
  readonly callId: string;
  readonly body: string;
}

/** The events of one call. They're sent one after the other. */
interface CallQueue {
  /** Where `newCall` goes. */
  readonly url: string;
  callbacks: CallbackUrls;
  /** Resolves when the latest event has been sent or has failed. */
  last: Promise<void>;
}

/** Pushes the events of calls. Calls don't wait for it. */
export class Pusher {
  readonly #queues = new Map<string, CallQueue>();
  readonly #pending = new Set<Promise<void>>();
  readonly #log: BoundedLog<LoggedPush>;
  readonly #sender = new Sender();
  readonly #urlFor: (call: Call) => string | undefined;
  readonly #observe: (push: LoggedPush) => void;
  #closed = false;

  /** @param keep how many pushes the log keeps: the newest */
  constructor(urlFor: (call: Call) => string | undefined, keep: number, observe: (push: LoggedPush) => void) {
    this.#log = new BoundedLog(keep);
    this.#urlFor = urlFor;
    this.#observe = observe;
  }

  /** Must be called for every change of a call's state. */
  follow(call: Call, now: number): void {
    if (this.#closed) return;
    for (const event of pushEventsAt(call)) {
      if (event === "newCall") this.#open(call);
      this.#enqueue(call, event, now);
    }
    if (call.state === "ended") this.#queues.delete(call.id);
  }

  /** The pushes that have succeeded or failed, in that order. */
  log(): readonly LoggedPush[] {
    return this.#log.snapshot();
  }

  /** Resolves when no push is pending. */
  async settled(): Promise<void> {
    while (this.#pending.size > 0) await Promise.all(this.#pending);
  }

  /** Cancels the pushes in progress. Resolves when none is left. */
  async close(): Promise<void> {
    this.#closed = true;
    this.#sender.close();
    await this.settled();
  }

  #open(call: Call): void {
    const url = this.#urlFor(call);
    if (url !== undefined)
      this.#queues.set(call.id, { url, callbacks: NO_CALLBACKS, last: Promise.resolve() });
  }

  #enqueue(call: Call, event: PushEvent, now: number): void {
    const queue = this.#queues.get(call.id);
    if (queue === undefined) return;
    const prepared = { at: now, event, callId: call.id, body: formOf(event, call) };
    if (this.#pending.size >= WAITING_LIMIT) {
      const url = event === "newCall" ? queue.url : queue.callbacks[event];
      if (url !== undefined) this.#note(prepared, url, "", undefined);
      return;
    }
    const task = queue.last.then(() => this.#deliver(queue, prepared));
    queue.last = task;
    this.#pending.add(task);
    void task.finally(() => this.#pending.delete(task));
  }

  /** Never rejects: a failed push has no consequences. */
  async #deliver(queue: CallQueue, prepared: PreparedEvent): Promise<void> {
    const { event, body } = prepared;
    const url = event === "newCall" ? queue.url : queue.callbacks[event];
    if (url === undefined || this.#closed) return;
    const signature = await sign(body, "base64");
    const response = await this.#sender.post(url, body, signature);
    if (event === "newCall" && response !== undefined && isSuccess(response.status)) {
      queue.callbacks = callbackUrlsFrom(response.text);
    }
    this.#note(prepared, url, signature, response?.status);
  }

  #note({ at, ...event }: PreparedEvent, url: string, signature: string, status: number | undefined): void {
    const entry = { at: new Date(at), ...event, url, signature, status };
    this.#log.add(entry);
    this.#observe(entry);
  }
}

function isSuccess(status: number): boolean {
  return status >= 200 && status < 300;
}
