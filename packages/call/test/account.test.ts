import type { Client } from "sipgate-call";
import { createSandbox, type Sandbox } from "sipgate-sandbox";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { answering } from "./answers.js";
import { clientAt, clientOf } from "./support.js";

let sandbox: Sandbox;
let classic: Client;
let neo: Client;

beforeEach(async () => {
  sandbox = await createSandbox({ clock: "manual" });
  classic = clientOf(sandbox, "classic", { platform: "auto" });
  neo = clientOf(sandbox, "neo", { platform: "auto" });
});
afterEach(() => sandbox.close());

it("the client lists devices, with what a caller has to know and without SIP passwords", async () => {
  const devices = await classic.devices();
  expect(devices).toContainEqual({
    id: "e0",
    alias: "Desk phone",
    type: "REGISTER",
    online: true,
    dnd: false,
    phonelines: ["p0"],
  });
  expect(devices).toContainEqual(expect.objectContaining({ id: "e1", online: false }));
  expect(devices).toContainEqual(expect.objectContaining({ id: "e2", dnd: true }));
  const answer = await fetch(`${sandbox.baseUrl}/w0/devices`, {
    headers: { authorization: `Basic ${btoa(`${sandbox.classic.tokenId}:${sandbox.classic.token}`)}` },
  });
  const { items } = JSON.parse(await answer.text());
  expect(items[0].credentials.password).not.toBe("");
  expect(JSON.stringify(devices)).not.toContain(items[0].credentials.password);
});

it("the client asks neo for devices of all kinds", async () => {
  expect((await neo.devices()).map(({ type }) => type)).toEqual(
    expect.arrayContaining(["REGISTER", "MOBILE", "APP"]),
  );
});

it("the client lists numbers, page by page", async () => {
  expect((await classic.numbers()).map(({ number }) => number)).toEqual([
    "+496990009000",
    "+496990009001",
    "+496990009002",
  ]);
});

it("the client gives up a list of numbers that never ends", async () => {
  let given = 0;
  const server = await answering(() => {
    given += 1;
    return { status: 200, body: JSON.stringify({ items: [{ id: `n${given}`, number: "+493023125000" }] }) };
  });
  const client = clientAt(server, { platform: "auto" });
  await expect(client.numbers()).rejects.toMatchObject({
    code: "unexpected-answer",
    placed: "no",
    message: expect.stringContaining("doesn't end"),
  });
  await server.close();
});

describe("channels are listed", () => {
  it("on neo, with whom they ring", async () => {
    expect(await neo.channels()).toContainEqual(
      expect.objectContaining({
        name: "Main",
        users: expect.arrayContaining([{ id: "w0", deviceIds: expect.arrayContaining(["e0"]) }]),
      }),
    );
  });

  it("on classic not at all: an error says so", async () => {
    await expect(classic.channels()).rejects.toMatchObject({ code: "forbidden", placed: "no" });
  });
});

it("reads the balance and the user", async () => {
  expect(await classic.balance()).toEqual({ amount: 123_400, currency: "EUR" });
  expect(await classic.whoami()).toMatchObject({ id: "w0", locale: "de_DE" });
});
