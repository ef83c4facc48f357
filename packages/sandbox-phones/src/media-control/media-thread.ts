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

/** How long the process may take longer to end, in milliseconds, until the sockets are closed. */
const LONGEST_END_MS = 200;
/** How long the thread waits for another sandbox, in milliseconds: tests start one after the other. */
const IDLE_MS = 5_000;

/** The thread of the audio, as seen from the one of SIP. */
export class MediaThread {
  static #shared: MediaThread | undefined;
  /** 1 once the thread has closed everything. Memory that both see: at the process's end no message arrives any more. */
  readonly #isFinished = new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT));
  readonly #worker: Worker;
  readonly #questions = new Map<number, Question>();
  readonly #listeners = new Map<number, AudioListener>();
  #unsent: MediaCommand[] = [];
  #lastNumber = 0;
  #users = 0;
  #idleTimer: NodeJS.Timeout | undefined;

  private constructor(file: string) {
    // Node's options are for the program that the sandbox is part of, such as modules to load first.
    this.#worker = new Worker(file, { name: "sandbox-phones", execArgv: [], workerData: this.#isFinished });
    this.#worker.on("message", (messages: readonly MediaMessage[]) => {
      for (const message of messages) this.#take(message);
    });
    this.#worker.unref(); // After the listener, which would keep the process running.
    process.on("exit", this.#beforeExit);
  }

  /**
   * The one thread of this process, until `release`: to start it takes as much as a hundred sandboxes without it.
   * @param file the code that runs in it
   */
  static shared(file: string): MediaThread {
    MediaThread.#shared ??= new MediaThread(file);
    const thread = MediaThread.#shared;
    thread.#users += 1;
    clearTimeout(thread.#idleTimer);
    return thread;
  }

  /** Without users it ends a while later. */
  release(): void {
    this.#users -= 1;
    if (this.#users === 0) this.#idleTimer = setTimeout(() => this.#end(), IDLE_MS).unref();
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

  /** What comes within one turn of the event loop is told in one go: to wake the other thread costs more than all of it. */
  #post(command: MediaCommand): void {
    this.#unsent.push(command);
    if (this.#unsent.length > 1) return;
    setImmediate(() => {
      this.#worker.postMessage(this.#unsent);
      this.#unsent = [];
    });
  }

  #end(): void {
    if (MediaThread.#shared === this) MediaThread.#shared = undefined;
    process.off("exit", this.#beforeExit);
    this.tell("finish");
  }

  /** Node 20 aborts if a thread is stopped just when one of its UDP sockets receives something. */
  readonly #beforeExit = (): void => {
    this.#worker.postMessage([{ method: "finish", args: [], question: undefined }]);
    Atomics.wait(this.#isFinished, 0, 0, LONGEST_END_MS);
  };

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
