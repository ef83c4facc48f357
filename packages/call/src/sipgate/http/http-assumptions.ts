// What is assumed of sipgate's servers beside their API.

/**
 * A body as a stream has no `Content-Length`; it comes in chunks (RFC 9112, section 7.1), which every server of HTTP/1.1
 * has to take. That sipgate's takes an order so isn't documented and wasn't tried.
 */
export function inChunks(body: string): ReadableStream<Uint8Array> {
  return new ReadableStream({
    start(controller) {
      controller.enqueue(new TextEncoder().encode(body));
      controller.close();
    },
  });
}
