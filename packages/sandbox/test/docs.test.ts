import { readFileSync } from "node:fs";
import { callees, callers } from "sipgate-sandbox";
import { describe, expect, it } from "vitest";
import { startSandbox } from "./support.js";

const DOC = readFileSync(new URL("../../../docs/sandbox.md", import.meta.url), "utf8");

/** The rows of the table under a heading, without its head: cells, freed from backticks. */
function tableUnder(heading: string): string[][] {
  const section = DOC.split(`\n## ${heading}\n`)[1]?.split("\n## ")[0] ?? "";
  const rows = section.split("\n").filter((line) => line.startsWith("|"));
  return rows.slice(2).map((row) =>
    row
      .split("|")
      .slice(1, -1)
      .map((cell) => cell.trim().replaceAll("`", "")),
  );
}

describe("docs/sandbox.md", () => {
  it("lists the tokens that there are", async () => {
    const { accounts } = await startSandbox();
    const expected = accounts.map(({ name, platform, tokenId, token, purpose }) => [
      name,
      platform,
      tokenId ?? "Bearer",
      token,
      purpose,
    ]);
    expect(tableUnder("Tokens")).toEqual(expected);
  });

  it("lists the callers that there are", () => {
    expect(tableUnder("Who calls")).toEqual(
      callers.map(({ id, platform, userId, does }) => [id, platform, userId, does]),
    );
  });

  it("lists the callees that there are", () => {
    expect(tableUnder("Who is called")).toEqual(
      callees.map(({ number, cause, outcome }) => [number, cause, outcome]),
    );
  });

  it("shows the credentials of the default account", async () => {
    const { classic } = await startSandbox();
    expect(DOC).toContain(`SIPGATE_TOKEN_ID=${classic.tokenId}`);
    expect(DOC).toContain(`SIPGATE_TOKEN=${classic.token}`);
  });
});
