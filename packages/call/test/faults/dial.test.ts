// Every failure case at the command line, on both platforms. `npm run check:faults` prints the table.
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { newFolder, sipgateCall } from "../terminal.js";
import { CALL_PATHS, everyFailureCase, inSandbox, PLATFORMS, REQUEST } from "./scene.js";

const forAll = everyFailureCase();

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
    await forAll("dial", platform, 4, (failure) =>
      inSandbox(platform, failure, async ({ sandbox, baseUrl }) => {
        const authority = join(folder, "authority.pem");
        writeFileSync(authority, sandbox.certificateAuthority);
        if (failure.fault)
          sandbox.faults.add({ ...failure.fault, method: "POST", path: CALL_PATHS[platform] });
        const timeout = failure.code === "timeout" ? 2 : 30; // Seconds: two are enough to send it on a busy machine.
        const args = `${REQUEST.callee} --caller e0 --no-preflight --no-follow --search-for 0 --timeout ${timeout} --json`;
        const { code, out, err } = await sipgateCall([...args.split(" "), "--platform", platform], {
          env: {
            SIPGATE_TOKEN_ID: sandbox[platform].tokenId,
            SIPGATE_TOKEN: sandbox[platform].token,
            SIPGATE_BASE_URL: baseUrl,
            // Where there is TLS: with it, a start of Node 20 reads all certificates of the system.
            ...(failure.endpoint === undefined ? {} : { NODE_EXTRA_CA_CERTS: authority }),
          },
        });
        expect(code).toBe(failure.placed === "unknown" ? 8 : EXITS[failure.code]);
        expect(sandbox.calls).toHaveLength(failure.calls);
        if (failure.code === "ok") expect(JSON.parse(out).callId).toBe(sandbox.calls[0]?.id);
        else expect(JSON.parse(err)).toMatchObject({ code: failure.code, placed: failure.placed });
        return { told: `exit ${code}`, placed: failure.placed, calls: sandbox.calls.length, message: "" };
      }),
    );
  }, 240_000);
});
