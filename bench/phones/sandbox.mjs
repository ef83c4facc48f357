// The sandbox with phones, in a process of its own.
import { createSandbox } from "sipgate-sandbox";
import { heap, serve, usage } from "../processes.mjs";
import { callees } from "./numbers.mjs";

const threads = [];
process.on("worker", (thread) => threads.push(thread));
// Ended calls are kept, thousands by default: that would be measured as memory that grows.
const sandbox = await createSandbox({ keep: 100, phones: { callees } });
const failed = () => sandbox.calls.filter(({ end }) => end !== undefined && end.cause !== "completed").length;
serve({ baseUrl: sandbox.baseUrl, sipServer: sandbox.sipServer }, { usage, heap: wholeHeap, failed });

/** Bytes in use, those of the audio's thread included. */
async function wholeHeap() {
  const others = await Promise.all(threads.map(heapOf));
  return others.reduce((sum, bytes) => sum + bytes, heap());
}

/** From a snapshot, which collects the garbage first: Node 20 has no shorter way to ask another thread. */
async function heapOf(thread) {
  let text = "";
  for await (const part of (await thread.getHeapSnapshot()).setEncoding("utf8")) text += part;
  const { snapshot, nodes } = JSON.parse(text);
  const fields = snapshot.meta.node_fields;
  let bytes = 0;
  for (let at = fields.indexOf("self_size"); at < nodes.length; at += fields.length) bytes += nodes[at];
  return bytes;
}
