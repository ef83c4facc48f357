// The sandbox behind a line of its own: TLS, and 25 ms each way. It tells which requests came, and over how many
// connections.
import { once } from "node:events";
import { writeFileSync } from "node:fs";
import { connect, createServer } from "node:net";
import { join } from "node:path";
import { createSandbox } from "sipgate-sandbox";
import { serve } from "../processes.mjs";
import { temporaryFolder } from "../whole-process.mjs";

const ONE_WAY_MS = 25;

const sandbox = await createSandbox();
const trusted = new URL(await sandbox.endpoint("trusted"));
const authority = join(temporaryFolder(), "authority.pem");
writeFileSync(authority, sandbox.certificateAuthority);
let connections = 0;
let latest;
const line = createServer((near) => {
  connections += 1;
  const far = connect(Number(trusted.port), trusted.hostname);
  // The system has accepted at once. On a line, the caller would know of it one way there and one back later.
  const standsAt = performance.now() + 2 * ONE_WAY_MS;
  carry(near, far, standsAt);
  carry(far, near, 0);
});
await once(line.listen(0, "127.0.0.1"), "listening");

/** Passes on what is read from one socket, and its end, later and in the same order. */
function carry(from, to, notBefore) {
  from.setNoDelay(true);
  const later = (pass) => setTimeout(pass, Math.max(notBefore - performance.now(), 0) + ONE_WAY_MS);
  from.on("data", (bytes) => later(() => to.write(bytes)));
  from.on("end", () => later(() => to.end()));
  from.on("error", () => to.destroy());
}

serve(
  {
    baseUrl: `https://${trusted.hostname}:${line.address().port}${trusted.pathname}`,
    authority,
    accounts: { classic: sandbox.classic, neo: sandbox.neo },
  },
  {
    /** What came since the last time that somebody asked. */
    seen: () => {
      const fresh = sandbox.requests.slice(sandbox.requests.indexOf(latest) + 1);
      latest = fresh.at(-1) ?? latest;
      const seen = { connections, requests: fresh.map(({ method, path }) => `${method} ${path}`) };
      connections = 0;
      return seen;
    },
  },
);
