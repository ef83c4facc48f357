// --verbose: a log of requests that can be pasted into a bug report.
import type { RequestTrace, TraceEvent } from "../../sipgate/http/trace.js";
import type { JsonTrace, VersionsTrace } from "../json/json-objects.js";
import { jsonLine } from "./json-line.js";
import type { Output } from "./output.js";
import { writeErr } from "./standard-streams.js";

/** An output that also logs requests: lines on standard error, JSON with --json. */
export function withTrace(output: Output): Output {
  const tell = (event: TraceEvent | VersionsTrace) => {
    const object: JsonTrace = { type: "trace", ...event };
    writeErr(`${output.json ? jsonLine(object) : inWords(event)}\n`);
  };
  tell(versions());
  return { ...output, trace: tell };
}

function versions(): VersionsTrace {
  const { version: node, platform, arch } = process;
  return { kind: "versions", sipgateCall: SIPGATE_CALL_VERSION, node, system: `${platform} ${arch}` };
}

function inWords(event: TraceEvent | VersionsTrace): string {
  switch (event.kind) {
    case "versions":
      return `sipgate-call ${event.sipgateCall}, Node.js ${event.node}, ${event.system}`;
    case "platform":
      return `platform: ${event.platform}`;
    case "request":
      return requestInWords(event);
  }
}

function requestInWords(request: RequestTrace): string {
  const { method, origin, path, attempt, durationMs, sentBytes, status, receivedBytes } = request;
  const { failure, systemCode } = request;
  const parts = [
    status === undefined
      ? `no response (${[failure, systemCode].filter(Boolean).join(", ")})`
      : String(status),
    `${durationMs} ms`,
    ...(sentBytes === 0 ? [] : [`sent ${sentBytes} bytes`]),
    ...(receivedBytes === undefined ? [] : [`received ${receivedBytes} bytes`]),
    ...(attempt === 1 ? [] : [`attempt ${attempt}`]),
  ];
  return `${method} ${path} at ${origin}: ${parts.join(", ")}`;
}
