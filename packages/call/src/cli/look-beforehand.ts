// dial, before anything is sent: stops what surely wouldn't work, and tells of what is doubtful.
import type { CallRequest } from "../call/call-request.js";
import { CallError } from "../call/errors.js";
import type { Check } from "../call/preflight.js";
import type { Client } from "../sipgate/client.js";
import type { Output } from "./output.js";

/**
 * Looks at what would stop the call.
 *
 * @returns whether something surely does; that has been told then
 * @throws InvalidRequestError where the request is invalid
 */
export async function lookBeforehand(client: Client, request: CallRequest, output: Output): Promise<boolean> {
  await client.plan(request); // Names every problem of the request, where it has any.
  const { checks } = await client.preflight(request);
  for (const { message, remedy } of checks.filter(({ result }) => result === "warning")) {
    output.warning(`${message} ${remedy}`);
  }
  // That credentials are wrong, placing the call says with all that sipgate tells of it.
  const failed = checks.filter(({ name, result }) => result === "failed" && name !== "credentials");
  if (failed.length === 0) return false;
  await output.error(stopped(failed));
  return true;
}

function stopped(failed: readonly Check[]): CallError {
  return new CallError(
    "blocked",
    `The call wasn't placed, since it wouldn't work. ${failed.map(({ message }) => message).join(" ")}`,
    {
      remedy: `${failed.map(({ remedy }) => remedy).join(" ")} To call all the same, add --no-preflight.`,
      placed: "no",
    },
  );
}
