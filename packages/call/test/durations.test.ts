// How long to wait, in words for people.

import { createClient } from "sipgate-call";
import { createManualClock } from "sipgate-sandbox";
import { describe, expect, it } from "vitest";
import { answering } from "./answers.js";
import { aheadBy, clientAt, passUntil } from "./support.js";

/** What is advised after a 429 that came at a quarter past nine on this machine's clock. */
async function advisedAfter(retryAfter: string, status = 429): Promise<string> {
  const server = await answering({ status, headers: { "retry-after": retryAfter } });
  const start = createManualClock();
  const clock = aheadBy(start, new Date(2026, 0, 7, 9, 15).getTime() - start.now().getTime());
  const error = await clientAt(server, { clock })
    .whoami()
    .catch((thrown: { remedy: string }) => thrown);
  await server.close();
  return "remedy" in error ? error.remedy : "";
}

describe("after too many requests, it's said when to try again", () => {
  it.each([
    ["6", "in 6 seconds."],
    ["119", "in 119 seconds."],
    ["300", "in about 5 minutes, at 09:20."],
    ["7000", "in about 117 minutes, at 11:11."],
    ["17390", "in about 5 hours, at 14:04."],
    ["81066", "in about 23 hours, at 07:46 tomorrow."],
    ["172800", "in about 2 days, on 2026-01-09."],
    ["999999999", "in about 11574 days, on 2057-09-"],
  ])("%s seconds: %s", async (seconds, words) => {
    expect(await advisedAfter(seconds)).toContain(`Try again ${words}`);
  });

  it("also if sipgate names a date", async () => {
    const date = new Date(Date.now() + 3 * 3_600_000).toUTCString(); // By the Date header of its response.
    expect(await advisedAfter(date)).toMatch(/in about 3 hours, at \d\d:\d\d/);
  });

  it("and if its server failed", async () => {
    expect(await advisedAfter("3600", 503)).toContain("in about 60 minutes, at 10:15.");
  });
});

it.each([
  [1_500, "1.5 seconds"],
  [119_000, "119 seconds"],
  [150_000, "150 seconds"],
  [300_000, "5 minutes"],
])("a limit of %i ms is told exactly: %s", async (timeoutMs, words) => {
  const clock = createManualClock();
  const asked = createClient({
    credentials: () => new Promise<string>(() => {}),
    platform: "classic",
    timeoutMs,
    clock,
  }).whoami();
  await expect(passUntil(clock, asked)).rejects.toMatchObject({
    message: expect.stringContaining(`within ${words}.`),
  });
});

it("a token that doesn't come isn't waited for in milliseconds", async () => {
  const server = await answering({ status: 200 });
  const credentials = () => new Promise<string>(() => {});
  const asked = clientAt(server, { credentials, timeoutMs: 1_000 }).whoami();
  await expect(asked).rejects.toMatchObject({ message: expect.stringContaining("within 1 second.") });
  await server.close();
});
