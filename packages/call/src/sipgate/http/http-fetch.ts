import type { Clock } from "../../call/clock.js";
import { signalAfter } from "../../call/wait.js";
import { type HttpRequest, knownTo, MAX_ANSWER_BYTES, type Transport, TransportError } from "./http.js";

/** A transport over the runtime's own `fetch`, for browsers and runtimes other than Node. */
export function createFetchTransport(clock: Clock): Transport {
  return knownTo(clock, async (request) => {
    const { signal: deadline, cancel } = signalAfter(clock, request.timeout);
    const signal = request.signal ? AbortSignal.any([request.signal, deadline]) : deadline;
    try {
      if (request.signal?.aborted) throw new TransportError("aborted", false);
      const answer = await fetch(request.server.origin + request.path, {
        method: request.method,
        headers: { ...request.headers },
        redirect: "manual",
        credentials: "omit",
        cache: "no-store",
        signal,
        ...(request.body === undefined ? {} : { body: request.body }),
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

async function limitedText(answer: Response): Promise<string> {
  const decoder = new TextDecoder();
  let text = "";
  let size = 0;
  const reader = answer.body?.getReader();
  if (reader === undefined) return text;
  for (let part = await reader.read(); !part.done; part = await reader.read()) {
    size += part.value.byteLength;
    if (size > MAX_ANSWER_BYTES) {
      await reader.cancel();
      throw new TransportError("answer-too-large", true);
    }
    text += decoder.decode(part.value, { stream: true });
  }
  return text + decoder.decode();
}

// fetch doesn't tell how far a request got, so that anything may have been sent.
function transportError(error: unknown, request: HttpRequest, deadline: AbortSignal): TransportError {
  if (error instanceof TransportError) return error;
  if (request.signal?.aborted) return new TransportError("aborted", true, error);
  if (deadline.aborted) return new TransportError("timeout", true, error);
  return new TransportError("other", true, error);
}
