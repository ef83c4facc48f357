import { type Clock, outside } from "../../call/clock.js";
import { type HttpRequest, knownTo, MAX_RESPONSE_BYTES, type Transport, TransportError } from "./http.js";
import { inChunks } from "./http-assumptions.js";
import { sendingOfFetch } from "./resends.js";

/** A transport over the runtime's own `fetch`, for browsers and runtimes other than Node. */
export function createFetchTransport(clock: Clock): Transport {
  return knownTo(clock, async (request) => {
    if (request.signal?.aborted) throw new TransportError("aborted", false, request.signal.reason);
    await request.beforeFirstByte?.();
    const { signal: deadline, cancel } = deadlineAfter(clock, request.timeout);
    const signal = request.signal ? AbortSignal.any([request.signal, deadline]) : deadline;
    try {
      const answer = await fetch(request.server.origin + request.path, {
        method: request.method,
        headers: { ...request.headers },
        redirect: "manual",
        credentials: "omit",
        cache: "no-store",
        signal,
        ...bodyOf(request),
      });
      return {
        status: answer.status,
        contentType: answer.headers.get("content-type") ?? "",
        retryAfter: answer.headers.get("retry-after") ?? undefined,
        date: answer.headers.get("date") ?? undefined,
        body: await limitedText(answer),
      };
    } catch (error) {
      throw transportError(error, request, deadline);
    } finally {
      cancel();
    }
  });
}

/** A body that the runtime doesn't send again by itself, if it would do so with a body as text. */
function bodyOf({ body, neverRetry }: HttpRequest): RequestInit & { duplex?: "half" } {
  if (body === undefined) return {};
  return neverRetry && sendingOfFetch() === "stream" ? { body: inChunks(body), duplex: "half" } : { body };
}

/** A suspended process resumes after the timeout with a response unread in its socket: read that first. */
function deadlineAfter(clock: Clock, milliseconds: number) {
  const controller = new AbortController();
  const afterReading = async () => {
    for (let turns = 0; turns < 3; turns += 1) await new Promise((resolve) => setTimeout(resolve, 0));
    controller.abort();
  };
  return {
    signal: controller.signal,
    cancel: clock.after(milliseconds, () => void outside(clock, afterReading())),
  };
}

async function limitedText(answer: Response): Promise<string> {
  const decoder = new TextDecoder();
  let text = "";
  let size = 0;
  const reader = answer.body?.getReader();
  if (reader === undefined) return text;
  for (let part = await reader.read(); !part.done; part = await reader.read()) {
    size += part.value.byteLength;
    if (size > MAX_RESPONSE_BYTES) {
      await reader.cancel();
      throw new TransportError("response-too-large", true);
    }
    text += decoder.decode(part.value, { stream: true });
  }
  return text + decoder.decode();
}

// fetch doesn't tell how far a request got, so anything may have been sent.
function transportError(error: unknown, request: HttpRequest, deadline: AbortSignal): TransportError {
  if (error instanceof TransportError) return error;
  if (request.signal?.aborted) return new TransportError("aborted", true, request.signal.reason);
  if (deadline.aborted) return new TransportError("timeout", true, error);
  return new TransportError("other", true, error);
}
