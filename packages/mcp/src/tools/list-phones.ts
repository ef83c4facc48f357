import { z } from "zod";
import { printable } from "../text.js";
import { shape, type Tool } from "./tool.js";

const input = z.strictObject({});

export const listPhones: Tool<typeof input> = {
  name: "list_phones",
  title: "List phones",
  description:
    "The person's own phones (extensions such as e0) that a call can begin with, and whether each is online. Changes nothing.",
  annotations: { readOnlyHint: true, openWorldHint: true },
  input,
  output: { result: shape("devices") },
  async run(_, { services }) {
    const { client } = await services.connect();
    const devices = await client.devices();
    const ids = devices.map(({ id, online }) => `${printable(id)}${online === false ? " (offline)" : ""}`);
    return {
      text: devices.length === 0 ? "There are no phones." : `Phones: ${ids.join(", ")}.`,
      data: { result: { type: "devices", devices } },
      fromElsewhere: true,
    };
  },
};
