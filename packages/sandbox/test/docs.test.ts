import { readFileSync } from "node:fs";
import { callees, callers } from "sipgate-sandbox";
import { describe, expect, it } from "vitest";
import { FAULT_KINDS } from "../src/faults/fault.js";
import { startReceiver } from "./push-receiver.js";
import { berlin, clientFor, placeClassic, send, startSandbox } from "./support.js";

const DOC = readFileSync(new URL("../../../docs/sandbox.md", import.meta.url), "utf8");

/** The rows of the tables under a heading, without the head of the first. Cells are without backticks. */
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
  it("The page lists the tokens that there are", async () => {
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

  it("The page lists who can sign in, and to what", async () => {
    const { logins, client } = await startSandbox();
    const users = logins.map(({ username, password, platform, userId }) => [
      username,
      password,
      platform,
      userId,
    ]);
    expect(tableUnder("Sign in").slice(0, users.length)).toEqual(users);
    expect(DOC).toContain(`id \`${client.clientId}\`, secret \`${client.clientSecret}\``);
  });

  it("The page lists the addresses of the login that there are", async () => {
    const { loginUrl } = await startSandbox();
    const rows = tableUnder("Sign in").filter(([, path = ""]) => path.startsWith("/"));
    expect(rows).toHaveLength(6);
    for (const [method, path] of rows) {
      // Each path has one method, which the refusal of another one names.
      const answer = await send(`${loginUrl}/auth/realms/third-party${path}`, { method: "PUT" });
      expect([answer.status, answer.headers.get("allow")]).toEqual([405, method]);
    }
  });

  it("The page lists the faults that there are", () => {
    expect(tableUnder("Faults").map(([how]) => how)).toEqual(FAULT_KINDS);
  });

  it("The page lists the callers that there are", () => {
    expect(tableUnder("Who calls")).toEqual(
      callers.map(({ id, platform, userId, behaviourText }) => [id, platform, userId, behaviourText]),
    );
  });

  it("The page lists the callees that there are", () => {
    expect(tableUnder("Who is called")).toEqual(
      callees.map(({ number, cause, outcome }) => [number, cause, outcome]),
    );
  });

  it("The page lists the fields of the events that are pushed", async () => {
    const { url, received } = await startReceiver();
    const sandbox = await startSandbox({ pushUrl: url });
    await placeClassic(clientFor(sandbox, "classic"), berlin("000"));
    await sandbox.clock.advance(100_000);
    await sandbox.pushed();
    const common = ["event", "direction", "from", "to", "callId", "origCallId", "xcid"];
    const special = received.map(({ fields }) =>
      Object.keys(fields).filter((name) => !common.includes(name)),
    );
    const rows = tableUnder("Pushed events");
    expect(rows.map(([event]) => event)).toEqual(received.map(({ fields }) => fields.event));
    expect(
      rows.map(([, , fields = ""]) =>
        fields.match(/\b[a-z]+(?:[A-Z][a-z]+)+(?:\[\])?|\buser\b(?:\[\])?|\bcause\b/g),
      ),
    ).toEqual(special);
    for (const name of common) expect(/^Common are .*$/m.exec(DOC)?.[0]).toContain(`\`${name}\``);
  });

  it("The page shows the credentials of the default account", async () => {
    const { classic } = await startSandbox();
    expect(DOC).toContain(`SIPGATE_TOKEN_ID=${classic.tokenId}`);
    expect(DOC).toContain(`SIPGATE_TOKEN=${classic.token}`);
  });
});
