// What the dialer takes from the environment: the same as the command line and the tools for agents.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startDialer } from "sipgate-dialer";
import { createSandbox } from "sipgate-sandbox";
import { afterEach, expect, it, onTestFinished, vi } from "vitest";
import { sharedBrowser } from "../../../test/shared-browser.js";
import { openProfiles } from "../src/account/profiles.js";
import { entranceOf, openPage } from "./dialers.js";

afterEach(() => vi.unstubAllEnvs());

async function signedIn(variables: Readonly<Record<string, string>>) {
  const sandbox = await createSandbox();
  onTestFinished(() => sandbox.close());
  const { baseUrl, tokenId, token } = sandbox.neo;
  const own = { SIPGATE_BASE_URL: baseUrl, SIPGATE_TOKEN_ID: tokenId, SIPGATE_TOKEN: token };
  for (const [name, value] of Object.entries({ ...own, SIPGATE_PROFILE: "", ...variables }))
    vi.stubEnv(name, value);
  const profiles = await openProfiles([]);
  if (profiles === undefined) throw new Error("Nobody is signed in.");
  return { sandbox, profiles };
}

it("SIPGATE_CALLER is chosen at first, and SIPGATE_COUNTRY is the country of numbers without a country code", async () => {
  const { profiles } = await signedIn({ SIPGATE_CALLER: "e3", SIPGATE_COUNTRY: "AT" });
  const folder = mkdtempSync(join(tmpdir(), "sipgate-dialer-"));
  const dialer = await startDialer({ port: 0, folder, profiles });
  const browser = await sharedBrowser("plain");
  onTestFinished(async () => {
    await browser.close();
    await dialer.close();
    rmSync(folder, { recursive: true, force: true });
  });
  const { page, field } = await openPage(browser, entranceOf(dialer));
  await expect.poll(() => page.getByLabel("Call with").inputValue()).toBe("e3");
  await field.fill("+49 30 23125000");
  await page.getByText("Germany, landline").waitFor();
  await field.fill("030 23125000");
  await expect.poll(() => page.locator("#recognised").innerText()).toMatch(/\w/);
  expect(await page.locator("#recognised").innerText()).not.toContain("Germany");
});

it("With SIPGATE_PLATFORM nobody asks which platform it is; what is neither is refused", async () => {
  const { sandbox, profiles } = await signedIn({ SIPGATE_PLATFORM: "neo" });
  expect(await profiles[0].client.platform()).toBe("neo");
  expect(sandbox.requests).toEqual([]);
  await expect(signedIn({ SIPGATE_PLATFORM: "old" })).rejects.toThrow("none of auto, classic and neo");
});
