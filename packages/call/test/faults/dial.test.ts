// Every situation at the command line, on both platforms. `npm run check:faults` prints the table.
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { newFolder, sipgateCall } from "../terminal.js";
import { everySituation, inSandbox, ORDERS, PLATFORMS, REQUEST } from "./scene.js";

const forAll = everySituation();

describe.each(PLATFORMS)("on %s", (platform) => {
  it("the command line ends by itself with the exit code that tells what became of the call", async () => {
    const EXITS: Readonly<Record<string, number>> = {
      ok: 0,
      network: 7,
      unauthorized: 4,
      forbidden: 4,
      "rate-limited": 6,
    };
    const folder = newFolder();
    await forAll("dial", platform, 4, (situation) =>
      inSandbox(platform, situation, async ({ sandbox, baseUrl }) => {
        const authority = join(folder, "authority.pem");
        writeFileSync(authority, sandbox.certificateAuthority);
        if (situation.fault)
          sandbox.faults.add({ ...situation.fault, method: "POST", path: ORDERS[platform] });
        const timeout = situation.code === "timeout" ? 2 : 30; // Seconds: two are enough to send it on a busy machine.
        const args = `${REQUEST.callee} --caller e0 --no-preflight --no-follow --search-for 0 --timeout ${timeout} --json`;
        const { code, out, err } = await sipgateCall([...args.split(" "), "--platform", platform], {
          env: {
            SIPGATE_TOKEN_ID: sandbox[platform].tokenId,
            SIPGATE_TOKEN: sandbox[platform].token,
            SIPGATE_BASE_URL: baseUrl,
            // Where there is TLS: with it, a start of Node 20 reads all certificates of the system.
            ...(situation.endpoint === undefined ? {} : { NODE_EXTRA_CA_CERTS: authority }),
          },
        });
        expect(code).toBe(situation.placed === "unknown" ? 8 : EXITS[situation.code]);
        expect(sandbox.calls).toHaveLength(situation.calls);
        if (situation.code === "ok") expect(JSON.parse(out).callId).toBe(sandbox.calls[0]?.id);
        else expect(JSON.parse(err)).toMatchObject({ code: situation.code, placed: situation.placed });
        return { told: `exit ${code}`, placed: situation.placed, calls: sandbox.calls.length, message: "" };
      }),
    );
  }, 240_000);
});
