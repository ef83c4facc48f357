// Input that was broken at random: the sandbox answers or drops it, and goes on. `npm run check:phones` sends more of it.
import { expect, it } from "vitest";
import { fuzzCalls } from "../../../scripts/fuzz-phones/calls.mjs";
import { fuzzStrangers } from "../../../scripts/fuzz-phones/strangers.mjs";

it("3,000 messages of strangers: SIP, SDP, RTP, STUN and WebSocket", async () => {
  const { messages, answers } = await fuzzStrangers({ count: 3_000 });
  expect(messages).toBeGreaterThanOrEqual(3_000);
  expect(answers).toBeGreaterThan(100);
});

it("1,000 messages of phones that have proven who they are, in their calls, and of a browser in what it encrypts", async () => {
  const { messages, answers, established } = await fuzzCalls({ count: 1_000 });
  expect(messages).toBeGreaterThanOrEqual(1_000);
  expect(established).toBeGreaterThan(20);
  expect(answers).toBeGreaterThan(100);
});
