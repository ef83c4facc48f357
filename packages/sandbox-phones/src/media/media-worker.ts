import { parentPort, workerData } from "node:worker_threads";
import type { MediaCommand, MediaMessage } from "./media-service.js";
import { PhoneMedia } from "./phone-media.js";

/** The thread of the audio. Nothing else that the process does keeps a packet waiting. */
let unsent: MediaMessage[] = [];

/** What comes within one turn of the event loop is told in one go: to wake the other thread costs more than all of it. */
function tell(message: MediaMessage): void {
  unsent.push(message);
  if (unsent.length > 1) return;
  setImmediate(() => {
    parentPort?.postMessage(unsent, unsent.flatMap(memoryIn));
    unsent = [];
  });
}

/** A recording is large, so it's handed over and not copied. */
function memoryIn(message: MediaMessage): ArrayBuffer[] {
  const value = message.kind === "result" ? message.value : undefined;
  return value instanceof Uint8Array && value.buffer instanceof ArrayBuffer ? [value.buffer] : [];
}

const media = new PhoneMedia(tell);

parentPort?.on("message", (commands: readonly MediaCommand[]) => {
  for (const { method, args, question } of commands) {
    const result: unknown = Reflect.apply(media[method], media, args);
    if (question !== undefined) void answer(question, result);
    else if (method === "finish") void endAfter(result);
  }
});

async function answer(question: number, result: unknown): Promise<void> {
  try {
    tell({ kind: "result", question, value: await result });
  } catch (error) {
    tell({ kind: "failed", question, problem: String(error) });
  }
}

/** Without sockets, timers and its port the thread ends by itself. If the process ends, the other thread waits for that. */
async function endAfter(finished: unknown): Promise<void> {
  await finished;
  parentPort?.close();
  const isFinished: unknown = workerData;
  if (!(isFinished instanceof Int32Array)) return;
  Atomics.store(isFinished, 0, 1);
  Atomics.notify(isFinished, 0);
}
