// One process that places a call by a stored sign-in and prints what it would tell its user: node place-signed-in.mjs [PROFILE]
import { CallError, createClient, openProfile } from "sipgate-call";

try {
  const client = createClient({ ...(await openProfile(process.argv[2])), timeoutMs: 300_000 });
  const call = await client.place({ caller: "e0", callee: "+493023125001" });
  process.stdout.write(JSON.stringify({ sessionId: call.callId }));
} catch (error) {
  if (!(error instanceof CallError)) throw error;
  process.stdout.write(JSON.stringify({ code: error.code, placed: error.placed }));
}
