import { isLoopback } from "../http/loopback.js";

/** The longest announcement, in bytes: four minutes. */
const LIMIT = 4 * 1024 * 1024;
const TIMEOUT_MS = 5_000;

/**
 * Reads the WAV of an announcement. The sandbox asks nobody but this machine: from elsewhere, and if something fails, it
 * comes as `undefined`.
 */
export async function readAnnouncement(url: string): Promise<Uint8Array | undefined> {
  const { hostname } = new URL(url);
  if (!isLoopback(hostname.replace(/^\[(.*)\]$/, "$1"))) return undefined;
  try {
    const response = await fetch(url, { redirect: "error", signal: AbortSignal.timeout(TIMEOUT_MS) });
    return response.ok && response.body !== null ? await collect(response.body) : undefined;
  } catch {
    return undefined;
  }
}

async function collect(body: AsyncIterable<Uint8Array>): Promise<Uint8Array | undefined> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of body) {
    length += chunk.byteLength;
    if (length > LIMIT) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
