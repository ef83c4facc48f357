import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { describe, expect, it } from "vitest";
import { berlin, onlyCall, startSandbox } from "./support.js";

/** Its base URL is fixed: it is sent here as through a proxy. */
const PROGRAM = `
  const { sipgateIO, createCallModule } = require("sipgateio");
  const client = sipgateIO({ tokenId: process.env.ID, token: process.env.TOKEN });
  createCallModule(client)
    .initiate({ from: "e0", to: process.env.CALLEE })
    .then((answer) => process.stdout.write(JSON.stringify(answer)));
`;

describe("sipgate's own npm library", () => {
  it("places a call here", async () => {
    const sandbox = await startSandbox();
    const { origin } = new URL(sandbox.baseUrl);
    const { stdout } = await promisify(execFile)(process.execPath, ["-e", PROGRAM], {
      cwd: import.meta.dirname,
      env: {
        PATH: process.env.PATH,
        HTTPS_PROXY: origin,
        ID: sandbox.classic.tokenId,
        TOKEN: sandbox.classic.token,
        CALLEE: berlin("000"),
      },
    });
    expect(JSON.parse(stdout)).toEqual({ sessionId: onlyCall(sandbox).id });
    expect(onlyCall(sandbox)).toMatchObject({ caller: "e0", callee: berlin("000") });
  });
});
