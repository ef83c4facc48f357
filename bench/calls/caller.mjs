// Places calls in one process: node caller.mjs BASE_URL CLIENT
import { demand } from "../measure.mjs";
import { serve, usage } from "../processes.mjs";
import { CLIENTS } from "./clients.mjs";

const [baseUrl, name] = process.argv.slice(2);
const place = await CLIENTS[name](baseUrl);

/** Places so many calls, so many at once. */
async function placeCalls({ calls, atOnce }) {
  const ids = new Set();
  let left = calls;
  const one = async () => {
    while (left > 0) {
      left -= 1;
      ids.add(await place());
    }
  };
  const before = usage();
  const begun = performance.now();
  await Promise.all(Array.from({ length: atOnce }, one));
  const seconds = (performance.now() - begun) / 1000;
  const after = usage();
  demand(
    ids.size === calls && !ids.has(undefined),
    `${name} was answered ${ids.size} ids for ${calls} calls`,
  );
  return {
    "calls per s": calls / seconds,
    "CPU µs per call": ((after.cpu - before.cpu) * 1000) / calls,
    "memory MB": after.rss / 1e6,
  };
}

serve({}, { placeCalls });
