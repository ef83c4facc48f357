import { z } from "zod";
import { CALL_FIELDS, requestOf } from "./call-input.js";
import { shape, type Tool } from "./tool.js";

const input = z.strictObject(CALL_FIELDS);

export const checkCall: Tool<typeof input> = {
  name: "check_call",
  title: "Check a call",
  description:
    "Checks what would stop a call: the number, the person's phone, the balance, permissions. Calls nobody, costs nothing. Use plan_call to propose the call.",
  annotations: { readOnlyHint: true, openWorldHint: true },
  input,
  output: { result: shape("preflight") },
  async run(given, { services }) {
    const connection = await services.connect();
    const { blocked, checks } = await connection.client.preflight(requestOf(given, connection));
    const wrong = checks.filter(({ result }) => result === "failed" || result === "warning");
    const sentences = wrong.map(({ message, remedy }) => `${message} ${remedy}`.trim());
    return {
      text: [blocked ? "The call would not work." : "Nothing is known to stop the call.", ...sentences].join(
        "\n",
      ),
      data: { result: { type: "preflight", blocked, checks } },
      fromElsewhere: true,
    };
  },
};
