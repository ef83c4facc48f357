// Runtimes send a request again by themselves when a kept connection died while they waited for the response,
// though the server may have read it; some after a 408 or a 421, too. A call request sent again would be a
// second call. What each does was observed (npm run check:faults, docs/architecture.md): Chromium 156 and
// Deno 2.9 send again, undici (Node 20 to 26) after a 421, Bun 1.4 and workerd (November 2026) don't. A body
// that is a stream can't be sent again; Chromium refuses those over HTTP/1.1.

/** Which body of a call request is sent only once: text (`once`), just a `stream`, or none (`may-repeat`). */
export type Sending = "once" | "stream" | "may-repeat";

/** How this runtime's fetch sends call requests. A runtime that isn't known to send once may repeat. */
export function sendingOfFetch(): Sending {
  const { deno, bun, electron, node } = versions();
  if (deno !== undefined) return "stream";
  if (bun !== undefined) return "once";
  if (electron !== undefined) return "may-repeat"; // Its windows have Chromium's fetch.
  if (node !== undefined) return "stream";
  return isWorkerd() ? "once" : "may-repeat";
}

function versions(): Readonly<Record<string, string | undefined>> {
  return typeof process === "object" && typeof process.versions === "object" ? process.versions : {};
}

/** Cloudflare's runtime: this name is the only standard way to tell runtimes apart. */
function isWorkerd(): boolean {
  return typeof navigator === "object" && navigator.userAgent === "Cloudflare-Workers";
}
