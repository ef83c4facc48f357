// --verbose: what is told of each request, fit to be pasted into a bug report.
import type { RequestTrace, TraceEvent } from "../../sipgate/http/trace.js";
import { jsonLine } from "./json-line.js";
import type { Output } from "./output.js";

/** An output that tells of requests too: in lines on standard error, as JSON with --json. */
export function withTrace(output: Output): Output {
  const tell = (event: TraceEvent | Versions) => {
    process.stderr.write(`${output.json ? jsonLine({ trace: event }) : inWords(event)}\n`);
  };
  process.stderr.on("error", () => {}); // Nobody reads it.
  tell(versions());
  return { ...output, trace: tell };
}

interface Versions {
  readonly kind: "versions";
  readonly sipgateCall: string;
  readonly node: string;
  readonly system: string;
}

function versions(): Versions {
  const { version: node, platform, arch } = process;
  return { kind: "versions", sipgateCall: SIPGATE_CALL_VERSION, node, system: `${platform} ${arch}` };
}

function inWords(event: TraceEvent | Versions): string {
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
    status === undefined ? `no answer (${[failure, systemCode].filter(Boolean).join(", ")})` : String(status),
    `${durationMs} ms`,
    ...(sentBytes === 0 ? [] : [`sent ${sentBytes} bytes`]),
    ...(receivedBytes === undefined ? [] : [`received ${receivedBytes} bytes`]),
    ...(attempt === 1 ? [] : [`attempt ${attempt}`]),
  ];
  return `${method} ${path} at ${origin}: ${parts.join(", ")}`;
}
