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
    calls: () => sandbox.calls.map(({ id, state, placedAt, endedAt }) => ({ id, state, placedAt, endedAt })),
  },
);
