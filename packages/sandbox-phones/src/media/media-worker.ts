import { parentPort, workerData } from "node:worker_threads";
import type { MediaCommand, MediaMessage } from "./media-service.js";
import { PhoneMedia } from "./phone-media.js";

/** The thread of the audio. Nothing else that the process does keeps a packet waiting. */
const tell = (message: MediaMessage, transferred: ArrayBuffer[] = []): void =>
  parentPort?.postMessage(message, transferred);

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
    const value = await result;
    // A recording is large, so it's handed over and not copied.
    const isOwn = value instanceof Uint8Array && value.buffer instanceof ArrayBuffer;
    tell({ kind: "result", question, value }, isOwn ? [value.buffer] : []);
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
