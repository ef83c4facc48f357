// Addresses that fail before there is a request.
import { get as getSecurely } from "node:https";
import type { EndpointKind } from "sipgate-sandbox";
import { describe, expect, it } from "vitest";
import { startSandbox } from "./support.js";

describe("addresses that can't be used", () => {
  const codeAt = async (kind: EndpointKind, trusted: "no" | "the sandbox's"): Promise<string> => {
    const sandbox = await startSandbox();
    const url = await sandbox.endpoint(kind);
    const trust = trusted === "no" ? {} : { ca: sandbox.certificateAuthority };
    return new Promise((resolve) => {
      getSecurely(`${url.replace("http:", "https:")}/balance`, trust, (response) =>
        resolve(String(response.statusCode)),
      ).on("error", (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message));
    });
  };

  it.each([
    ["refused", "no", "ECONNREFUSED"],
    ["not-tls", "no", "EPROTO"],
    ["self-signed", "the sandbox's", "DEPTH_ZERO_SELF_SIGNED_CERT"],
    ["expired", "the sandbox's", "CERT_HAS_EXPIRED"],
    ["wrong-host", "the sandbox's", "ERR_TLS_CERT_ALTNAME_INVALID"],
    ["trusted", "no", "UNABLE_TO_VERIFY_LEAF_SIGNATURE"],
    ["trusted", "the sandbox's", "401"],
  ] as const)("The endpoint %s, if the client trusts %s authority, gives %s", async (kind, trusted, code) => {
    expect(await codeAt(kind, trusted)).toBe(code);
  });

  it("An encrypted connection can be cut off, too", async () => {
    const sandbox = await startSandbox();
    sandbox.faults.add({ how: "reset" });
    const url = await sandbox.endpoint("trusted");
    const codes: string[] = [];
    for (let request = 0; request < 2; request += 1) {
      const sent = getSecurely(`${url}/balance`, { ca: sandbox.certificateAuthority, agent: false });
      codes.push(
        await new Promise<string>((resolve) => {
          sent.on("response", ({ statusCode }) => resolve(String(statusCode)));
          sent.on("error", (error: NodeJS.ErrnoException) => resolve(String(error.code)));
        }),
      );
    }
    expect(codes).toEqual(["ECONNRESET", "401"]);
  });

  it("The endpoint unknown-host has a name that doesn't exist", async () => {
    expect(["ENOTFOUND", "EAI_AGAIN"]).toContain(await codeAt("unknown-host", "no"));
  });
});
