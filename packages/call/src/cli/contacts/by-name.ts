// Caller and callee may be given by name.
import type { CallRequest } from "../../call/call-request.js";
import type { Client } from "../../client/client.js";
import type { Settings } from "../settings/settings.js";
import type { Output } from "../terminal/output.js";
import { calleeByName } from "./callee-by-name.js";
import { callerByName } from "./caller-by-name.js";
import { looksLikeName } from "./looks-like-name.js";

/**
 * The request with numbers and extensions in place of names.
 *
 * @throws CommandError, InvalidRequestError or CallError if a name can't be resolved
 */
export async function withoutNames(
  client: Client,
  request: CallRequest,
  settings: Settings,
  output: Output,
): Promise<CallRequest> {
  const { caller, callee } = request;
  return {
    ...request,
    ...(isName(caller) ? { caller: await callerByName(client, caller) } : {}),
    ...(isName(callee) ? { callee: await calleeByName(client, settings, callee, output) } : {}),
  };
}

const isName = (text: string | undefined) => text !== undefined && looksLikeName(text);
