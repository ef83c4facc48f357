// Sends malformed input to a sandbox with phones, made of real messages: of strangers, and of phones that have proven who
// they are, in their calls. It must answer or drop each, never stop, and never block.
//   npm run check:phones [-- COUNT]    default: 300000 messages of each kind
import { fuzzCalls } from "./fuzz-phones/calls.mjs";
import { fuzzStrangers } from "./fuzz-phones/strangers.mjs";

const count = Number(process.argv[2] ?? 300_000);
const seed = Date.now() % 1e9;
for (const [name, fuzz] of Object.entries({ "of strangers": fuzzStrangers, "in calls": fuzzCalls })) {
  const started = Date.now();
  const { messages, answers, longestBlockMs, established } = await fuzz({ count, seed });
  const seconds = (Date.now() - started) / 1_000;
  const calls = established === undefined ? "" : `, ${established} calls were answered`;
  console.log(
    `${messages} messages ${name} in ${seconds.toFixed(1)} s, ${answers} answers${calls}, the longest block ${longestBlockMs.toFixed(0)} ms. It's alive. Seed: ${seed}`,
  );
}
