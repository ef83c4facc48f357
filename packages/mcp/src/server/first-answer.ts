// The protocol's library takes twice as long to load as Node itself, and programs wait for the answer to `initialize` before
// they do anything else. So this one answer is given before the library is loaded. A test holds it against the library's own.
import { CAPABILITIES, INSTRUCTIONS, SERVER_INFO } from "../introduction.js";

/** The library's SUPPORTED_PROTOCOL_VERSIONS, the latest first. */
const VERSIONS = ["2025-11-25", "2025-06-18", "2025-03-26", "2024-11-05", "2024-10-07"] as const;

export interface FirstAnswer {
  readonly id: string | number;
  readonly line: string;
}

/** @returns undefined if the library has to answer: to all but a plain `initialize` of the era that has it */
export function firstAnswerTo(input: string): FirstAnswer | undefined {
  const end = input.indexOf("\n");
  const message = end === -1 ? undefined : parsed(input.slice(0, end));
  if (!isInitialize(message)) return undefined;
  const { id, params } = message;
  const protocolVersion = VERSIONS.find((version) => version === params.protocolVersion) ?? VERSIONS[0];
  const result = {
    protocolVersion,
    capabilities: CAPABILITIES,
    serverInfo: SERVER_INFO,
    instructions: INSTRUCTIONS,
  };
  return { id, line: `${JSON.stringify({ result, jsonrpc: "2.0", id })}\n` };
}

interface Initialize {
  readonly id: string | number;
  readonly params: { readonly protocolVersion: string };
}

function isInitialize(message: unknown): message is Initialize {
  if (!isObject(message) || message.jsonrpc !== "2.0" || message.method !== "initialize") return false;
  const { id, params } = message;
  if (typeof id !== "string" && !Number.isSafeInteger(id)) return false;
  // What `_meta` may hold is the later era's.
  return (
    isObject(params) &&
    typeof params.protocolVersion === "string" &&
    isObject(params.capabilities) &&
    isObject(params.clientInfo) &&
    typeof params.clientInfo.name === "string" &&
    typeof params.clientInfo.version === "string" &&
    params._meta === undefined
  );
}

function parsed(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
