// Follows calls in one process: node follower.mjs BASE_URL
import { createClient } from "sipgate-call";
import { ACCOUNT, heap, serve, usage } from "../processes.mjs";

const [baseUrl] = process.argv.slice(2);
const { SIPGATE_TOKEN_ID: tokenId, SIPGATE_TOKEN: token } = ACCOUNT;
/** Answers at once and stays until it's hung up. */
const LONG_CALL = { caller: "e0", callee: "+493023125001" };

const newClient = () => createClient({ credentials: { tokenId, token }, baseUrl, platform: "classic" });
const placed = [];
let connected = 0;

/** Places so many calls, each by a client of its own or all by one. */
async function place({ calls, each }) {
  const shared = newClient();
  let left = calls;
  const one = async () => {
    while (left > 0) {
      left -= 1;
      placed.push(await (each ? newClient() : shared).place(LONG_CALL));
    }
  };
  await Promise.all(Array.from({ length: 50 }, one));
  return {};
}

async function follow(call) {
  for await (const { state } of call.follow()) if (state === "connected") connected += 1;
}

function followAll() {
  const before = usage();
  for (const call of placed) void follow(call);
  return before;
}

serve({}, { place, followAll, heap, usage: () => ({ ...usage(), connected }) });
