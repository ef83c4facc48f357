import { z } from "zod";
import { shape, type Tool } from "./tool.js";

const input = z.strictObject({});

export const listCalls: Tool<typeof input> = {
  name: "list_calls",
  title: "List running calls",
  description:
    "The calls that are established now. A call whose phones still ring isn't listed. Changes nothing.",
  annotations: { readOnlyHint: true, openWorldHint: true },
  input,
  output: { result: shape("calls") },
  async run(_, { services }) {
    const { client } = await services.connect();
    const calls = await client.calls();
    return {
      text: calls.length === 1 ? "One call is established." : `${calls.length} calls are established.`,
      data: { result: { type: "calls", calls } },
      fromElsewhere: true,
    };
  },
};
