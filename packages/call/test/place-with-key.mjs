// One process that places a call under a key and prints what it would tell its user:
// node place-with-key.mjs BASE_URL TOKEN_ID TOKEN KEY [CALLEE] [PLATFORM]
import { CallError, createClient } from "sipgate-call";

const [baseUrl, tokenId, token, idempotencyKey, callee = "+493023125001", platform = "classic"] =
  process.argv.slice(2);
const client = createClient({ credentials: { tokenId, token }, baseUrl, platform, timeoutMs: 300_000 });
try {
  const call = await client.place({ caller: "e0", callee, idempotencyKey }, { searchForMs: 200 });
  process.stdout.write(JSON.stringify({ sessionId: call.callId, repeated: call.repeated ?? false }));
} catch (error) {
  if (!(error instanceof CallError)) throw error;
  process.stdout.write(JSON.stringify({ code: error.code, placed: error.placed }));
}
