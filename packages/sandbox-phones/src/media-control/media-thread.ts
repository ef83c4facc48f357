import { once } from "node:events";
import { Worker } from "node:worker_threads";
import type { MediaCommand, MediaMessage, MediaService } from "../media/media-service.js";

type Method = keyof MediaService;

/** What happens at the audio of a phone. */
export interface AudioListener {
  pressed(tones: string): void;
  gone(): void;
}

interface Question {
  resolve(value: unknown): void;
  reject(error: Error): void;
}

/** The thread may take this time to end by itself, in milliseconds. */
const LONGEST_END_MS = 2_000;

/** The thread of the audio, as seen from the one of SIP. */
export class MediaThread {
  readonly #worker: Worker;
  readonly #questions = new Map<number, Question>();
  readonly #listeners = new Map<number, AudioListener>();
  #unsent: MediaCommand[] = [];
  #lastNumber = 0;

  /** @param file the code that runs in it */
  constructor(file: string) {
    // Node's options are for the program that the sandbox is part of, such as modules to load first.
    this.#worker = new Worker(file, { name: "sandbox-phones audio", execArgv: [] });
    this.#worker.unref();
    this.#worker.on("message", (message: MediaMessage) => this.#take(message));
  }

  /** A number for audio, a conversation or a question. */
  newNumber(): number {
    this.#lastNumber += 1;
    return this.#lastNumber;
  }

  listen(audio: number, listener: AudioListener): void {
    this.#listeners.set(audio, listener);
  }

  unlisten(audio: number): void {
    this.#listeners.delete(audio);
  }

  tell<M extends Method>(method: M, ...args: Parameters<MediaService[M]>): void {
    this.#post({ method, args, question: undefined });
  }

  /** Rejects if the thread can't do it. */
  async ask<M extends Method>(
    method: M,
    ...args: Parameters<MediaService[M]>
  ): Promise<Awaited<ReturnType<MediaService[M]>>> {
    const question = this.newNumber();
    const value = await new Promise<unknown>((resolve, reject) => {
      this.#questions.set(question, { resolve, reject });
      this.#post({ method, args, question });
    });
    return value as Awaited<ReturnType<MediaService[M]>>;
  }

  /** Resolves when the thread has ended. */
  async close(): Promise<void> {
    const ended = once(this.#worker, "exit");
    this.tell("finish");
    // Node 20 aborts the whole process if a thread is terminated while its sockets receive something. So it ends by itself.
    const limit = setTimeout(() => void this.#worker.terminate(), LONGEST_END_MS);
    await ended;
    clearTimeout(limit);
  }

  /** What belongs together is told in one go: to wake the other thread costs more than what it's told. */
  #post(command: MediaCommand): void {
    this.#unsent.push(command);
    if (this.#unsent.length > 1) return;
    queueMicrotask(() => {
      this.#worker.postMessage(this.#unsent);
      this.#unsent = [];
    });
  }

  #take(message: MediaMessage): void {
    switch (message.kind) {
      case "result":
        this.#finish(message.question)?.resolve(message.value);
        break;
      case "failed":
        this.#finish(message.question)?.reject(new Error(message.problem));
        break;
      case "pressed":
        this.#listeners.get(message.audio)?.pressed(message.tones);
        break;
      case "gone":
        this.#listeners.get(message.audio)?.gone();
    }
  }

  #finish(number: number): Question | undefined {
    const question = this.#questions.get(number);
    this.#questions.delete(number);
    return question;
  }
}
