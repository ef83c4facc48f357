import type { IncomingMessage, ServerResponse } from "node:http";
import { Refusal } from "../wire/refusal.js";

const SECURITY = {
  "x-content-type-options": "nosniff",
  "referrer-policy": "no-referrer",
  "cross-origin-opener-policy": "same-origin",
  "cross-origin-resource-policy": "same-origin",
  "x-frame-options": "DENY",
  "permissions-policy": "microphone=(self), camera=(), geolocation=()",
  "cache-control": "no-store",
};

export function setSecurityHeaders(response: ServerResponse, connectSources: readonly string[]): void {
  const policy = [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self'",
    "media-src 'self' blob:",
    ["connect-src 'self'", ...connectSources].join(" "),
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
    "require-trusted-types-for 'script'",
  ];
  response.setHeader("content-security-policy", policy.join("; "));
  for (const [name, value] of Object.entries(SECURITY)) response.setHeader(name, value);
}

export function reply(response: ServerResponse, status: number, type: string, body: string | Buffer): void {
  response.statusCode = status;
  response.setHeader("content-type", type);
  response.end(body);
}

export function replyJson(response: ServerResponse, status: number, value: unknown): void {
  reply(response, status, "application/json", JSON.stringify(value));
}

const LONGEST_BODY = 100_000;

/** @throws Refusal if it isn't a JSON object, or too long */
export async function readJson(request: IncomingMessage): Promise<object> {
  if (!/^application\/json\b/.test(request.headers["content-type"] ?? ""))
    throw new Refusal(415, "JSON is expected.");
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of request) {
    const bytes = Buffer.from(chunk);
    length += bytes.length;
    if (length > LONGEST_BODY) throw new Refusal(413, "The body is too long.");
    chunks.push(bytes);
  }
  try {
    const value: unknown = JSON.parse(Buffer.concat(chunks).toString("utf8"));
    if (typeof value === "object" && value !== null) return value;
  } catch {
    // Refused below.
  }
  throw new Refusal(400, "A JSON object is expected.");
}
