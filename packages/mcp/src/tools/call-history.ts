import type { PastCall } from "sipgate-call";
import { z } from "zod";
import { shape, type Tool } from "./tool.js";

const input = z.strictObject({
  limit: z.int().min(1).max(100).default(10).describe("How many calls, newest first"),
  number: z.string().max(64).optional().describe("Only calls with this number, as people write it"),
  from: z.string().max(40).optional().describe("Begun at or after: 2026-11-01 or 2026-11-01T08:00:00Z"),
  to: z.string().max(40).optional().describe("Begun at or before, written like from"),
});

export const callHistory: Tool<typeof input> = {
  name: "call_history",
  title: "Call history",
  description:
    "Past calls of the person, newest first, and how each ended. A call that has just ended may take a while to appear. Changes nothing.",
  annotations: { readOnlyHint: true, openWorldHint: true },
  input,
  output: { result: { type: "array", items: shape("past-call") } },
  async run(query, { services }) {
    const { client } = await services.connect();
    const calls: (PastCall & { type: "past-call" })[] = [];
    for await (const call of client.history(query)) calls.push({ type: "past-call", ...call });
    return {
      text: calls.length === 1 ? "One past call." : `${calls.length} past calls.`,
      data: { result: calls },
      fromElsewhere: true,
    };
  },
};
