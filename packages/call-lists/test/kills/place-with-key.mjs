// One process that places a call under a key, in the store that all share, and prints what it would tell its user:
// SIPGATE_DATABASE_URL=URL node place-with-key.mjs BASE_URL TOKEN_ID TOKEN KEY CALLEE
import { CallError, createClient } from "sipgate-call";
import { postgresIdempotencyStore } from "sipgate-call-lists";

const [baseUrl = "", tokenId = "", token = "", idempotencyKey = "", callee = ""] = process.argv.slice(2);
const store = postgresIdempotencyStore(process.env.SIPGATE_DATABASE_URL ?? "");
const client = createClient({
  credentials: { tokenId, token },
  baseUrl,
  platform: "classic",
  idempotencyStore: store,
});
try {
  const call = await client.place({ caller: "e0", callee, idempotencyKey }, { searchForMs: 200 });
  process.stdout.write(JSON.stringify({ callId: call.callId }));
} catch (error) {
  if (!(error instanceof CallError)) throw error;
  process.stdout.write(JSON.stringify({ code: error.code, placed: error.placed }));
}
await store.close();
