// The sandbox with phones, in a process of its own.
import { createSandbox } from "sipgate-sandbox";
import { heap, serve, usage } from "../processes.mjs";
import { callees } from "./numbers.mjs";

// Ended calls are kept, thousands by default: that would be measured as memory that grows.
const sandbox = await createSandbox({ keep: 100, phones: { callees } });
const failed = () => sandbox.calls.filter(({ end }) => end !== undefined && end.cause !== "completed").length;
serve({ baseUrl: sandbox.baseUrl, sipServer: sandbox.sipServer }, { usage, heap, failed });
