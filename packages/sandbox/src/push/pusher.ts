import { pushEventsAt } from "../assumptions.js";
import { BoundedLog } from "../bounded-log.js";
import { sign } from "../signing-key.js";
import type { Call } from "../switch/call.js";
import { type CallbackUrls, callbackUrlsFrom, NO_CALLBACKS } from "./callback-urls.js";
import type { PushEvent } from "./event.js";
import { formOf } from "./event-form.js";
import type { LoggedPush } from "./logged-push.js";
import { Sender } from "./sender.js";

/** What there is to say about one event of a call. */
interface Notice {
  readonly at: number;
  readonly event: PushEvent;
  readonly callId: string;
  readonly body: string;
}

/** A call whose events are pushed: they are sent one after the other. */
interface Line {
  /** Where its `newCall` goes. */
  readonly url: string;
  callbacks: CallbackUrls;
  /** Settles with the latest event. */
  last: Promise<void>;
}

/** Pushes the events of calls. Calls never wait for it. */
export class Pusher {
  readonly #lines = new Map<string, Line>();
  readonly #underWay = new Set<Promise<void>>();
  readonly #log = new BoundedLog<LoggedPush>();
  readonly #sender = new Sender();
  readonly #urlFor: (call: Call) => string | undefined;
  readonly #observe: (push: LoggedPush) => void;
  #closed = false;

  constructor(urlFor: (call: Call) => string | undefined, observe: (push: LoggedPush) => void) {
    this.#urlFor = urlFor;
    this.#observe = observe;
  }

  /** To be told of every change of a call's state, as it happens at `now`. */
  follow(call: Call, now: number): void {
    if (this.#closed) return;
    for (const event of pushEventsAt(call)) {
      if (event === "newCall") this.#open(call);
      this.#enqueue(call, event, now);
    }
    if (call.state === "ended") this.#lines.delete(call.id);
  }

  /** What was pushed, in the order in which it was settled. */
  log(): readonly LoggedPush[] {
    return this.#log.snapshot();
  }

  /** Resolves once nothing is waiting to be delivered. */
  async settled(): Promise<void> {
    while (this.#underWay.size > 0) await Promise.all(this.#underWay);
  }

  /** Cuts what is under way; resolves when nothing of it is left. */
  async close(): Promise<void> {
    this.#closed = true;
    this.#sender.close();
    await this.settled();
  }

  #open(call: Call): void {
    const url = this.#urlFor(call);
    if (url !== undefined)
      this.#lines.set(call.id, { url, callbacks: NO_CALLBACKS, last: Promise.resolve() });
  }

  #enqueue(call: Call, event: PushEvent, now: number): void {
    const line = this.#lines.get(call.id);
    if (line === undefined) return;
    const notice = { at: now, event, callId: call.id, body: formOf(event, call) };
    const task = line.last.then(() => this.#deliver(line, notice));
    line.last = task;
    this.#underWay.add(task);
    void task.finally(() => this.#underWay.delete(task));
  }

  /** Never rejects: a push that fails changes nothing. */
  async #deliver(line: Line, { at, event, callId, body }: Notice): Promise<void> {
    const url = event === "newCall" ? line.url : line.callbacks[event];
    if (url === undefined || this.#closed) return;
    const signature = await sign(body, "base64");
    const answer = await this.#sender.post(url, body, signature);
    if (event === "newCall" && answer !== undefined && isSuccess(answer.status)) {
      line.callbacks = callbackUrlsFrom(answer.text);
    }
    const entry = {
      at: new Date(at),
      event,
      callId,
      url,
      body,
      signature,
      status: answer?.status,
    };
    this.#log.add(entry);
    this.#observe(entry);
  }
}

function isSuccess(status: number): boolean {
  return status >= 200 && status < 300;
}
