// The dialer without call lists.
import { spawn } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { createSandbox } from "sipgate-sandbox";
import { describe, expect, it, onTestFinished } from "vitest";
import { openPage } from "./dialers.js";
import { listScene } from "./list-pages.js";

const DIST = fileURLToPath(new URL("../dist/", import.meta.url));
const scene = listScene();

describe("a page without lists", () => {
  /** Whether a dialer that is started by its command shows them. */
  async function showsLists(main: string, env: Readonly<Record<string, string>>): Promise<boolean> {
    const sandbox = await createSandbox();
    const folder = mkdtempSync(join(tmpdir(), "sipgate-dialer-"));
    const { baseUrl, tokenId, token } = sandbox.classic;
    const child = spawn(process.execPath, [main, "--port", "0", "--no-browser"], {
      env: {
        PATH: process.env.PATH,
        XDG_STATE_HOME: folder,
        SIPGATE_BASE_URL: baseUrl,
        SIPGATE_TOKEN_ID: tokenId,
        SIPGATE_TOKEN: token,
        ...env,
      },
    });
    onTestFinished(async () => {
      child.kill();
      await sandbox.close();
      rmSync(folder, { recursive: true, force: true });
    });
    let said = "";
    for await (const chunk of child.stdout) {
      said += String(chunk);
      const [, file] = /Open this file in your browser: (.+)\n/.exec(said) ?? [];
      if (file === undefined) continue;
      const [, address = ""] = /url=([^"]+)"/.exec(readFileSync(file, "utf8")) ?? [];
      const { page } = await openPage(scene.browser, address.replaceAll("&amp;", "&"));
      // What says whether there are any comes first of all events: when it's here, the page has had it before.
      await page.evaluate(async () => {
        const headers = { "x-dialer-token": localStorage.getItem("dialer.token") ?? "" };
        const { body } = await fetch("/api/events", { headers });
        await body?.getReader().read();
      });
      return (await page.getByRole("link", { name: "Lists" }).count()) > 0;
    }
    throw new Error("The dialer has ended.");
  }

  it("is one without the variable, without the package, or without tables; the dialer starts all the same", async () => {
    const folder = mkdtempSync(join(tmpdir(), "sipgate-dialer-"));
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
    cpSync(DIST, folder, { recursive: true });
    const main = join(DIST, "main.cjs");
    expect(await showsLists(main, { SIPGATE_DATABASE_URL: scene.url })).toBe(true);
    expect(await showsLists(main, {})).toBe(false);
    expect(await showsLists(join(folder, "main.cjs"), { SIPGATE_DATABASE_URL: scene.url })).toBe(false);
    const empty = scene.databases.newEmptyDatabase();
    expect(await showsLists(main, { SIPGATE_DATABASE_URL: empty })).toBe(false);
  }, 60_000);
});
