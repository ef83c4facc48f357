// The sandbox in a process of its own, which tells what it was asked, what it placed, and what it takes.
import { createSandbox } from "sipgate-sandbox";
import { heap, serve, usage } from "./processes.mjs";

const [pushUrl] = process.argv.slice(2);
const sandbox = await createSandbox(pushUrl === undefined ? {} : { pushUrl });
serve(
  { baseUrl: sandbox.baseUrl },
  {
    usage,
    heap,
    requests: () => sandbox.requests.length,
    // Not all of them: to tell of 10,000 would take memory that is measured here.
    latestCall: () => {
      const { placedAt, endedAt } = sandbox.calls.at(-1);
      return { placedAt, endedAt };
    },
    states: () => {
      const counts = {};
      for (const { state } of sandbox.calls) counts[state] = (counts[state] ?? 0) + 1;
      return counts;
    },
  },
);
