// What the server tells without being asked. If it falls silent it is gone, and is tried again until it is back.
import type { WireEvent } from "../../wire/wire.js";
import { access, headers } from "./server.js";

/** The server says something every 2 seconds. */
const SILENCE_MS = 6_000;
const RETRY_MS = 1_000;

export async function readEvents(take: (event: WireEvent) => void): Promise<void> {
  for (;;) {
    await readOnce(take).catch(() => {});
    if (access.value === "locked") return;
    access.value = "gone";
    await new Promise((resolve) => setTimeout(resolve, RETRY_MS));
  }
}

async function readOnce(take: (event: WireEvent) => void): Promise<void> {
  const controller = new AbortController();
  let timer = setTimeout(() => controller.abort(), SILENCE_MS);
  const response = await fetch("/api/events", { headers: headers(), signal: controller.signal });
  if (response.status === 401) access.value = "locked";
  if (!response.ok || response.body === null) return;
  access.value = "in";
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  let rest = "";
  try {
    for (;;) {
      const { value, done } = await reader.read();
      if (done) return;
      clearTimeout(timer);
      timer = setTimeout(() => controller.abort(), SILENCE_MS);
      const parts = (rest + value).split("\n\n");
      rest = parts.pop() ?? "";
      for (const part of parts) if (part.startsWith("data: ")) take(JSON.parse(part.slice(6)));
    }
  } finally {
    clearTimeout(timer);
  }
}
