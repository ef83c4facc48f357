// What is assumed of sipgate's servers besides their API.

/**
 * A body as a stream has no `Content-Length`; it comes in chunks (RFC 9112, section 7.1), which every
 * HTTP/1.1 server has to accept. That sipgate's accepts a call request this way isn't documented and wasn't
 * tried.
 */
export function inChunks(body: string): ReadableStream<Uint8Array> {
  return new ReadableStream({
    start(controller) {
      controller.enqueue(new TextEncoder().encode(body));
      controller.close();
    },
  });
}
