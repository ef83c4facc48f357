import type { Client } from "sipgate-call";
import type { Sandbox } from "sipgate-sandbox";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { answering } from "./answers.js";
import { clientAt, clientOf, strictSandbox } from "./support.js";

let sandbox: Sandbox;
let classic: Client;
let neo: Client;

beforeEach(async () => {
  sandbox = await strictSandbox({ clock: "manual" });
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

it("the client lists contacts, page by page, with their numbers and whose they are", async () => {
  const contacts = await classic.contacts();
  expect(contacts).toContainEqual({
    id: "5a9db0c5-7e57-4a11-8c0d-0000000000d4",
    name: "Eva Müller",
    organization: "Sandbox",
    numbers: [
      { number: "+493023125001", types: ["work"] },
      { number: "+4915228817386", types: ["cell"] },
    ],
    scope: "PRIVATE",
  });
  expect(new Set(contacts.map(({ scope }) => scope))).toEqual(new Set(["PRIVATE", "SHARED", "INTERNAL"]));
});

it("reads contacts that lack what isn't needed, and all pages of many", async () => {
  const all = Array.from({ length: 450 }, (_, index) => ({
    id: `c${index}`,
    numbers: null,
    organization: [[]],
  }));
  const server = await answering((path) => {
    const offset = Number(new URL(path, "http://localhost").searchParams.get("offset"));
    return { status: 200, body: JSON.stringify({ items: all.slice(offset, offset + 200) }) };
  });
  const contacts = await clientAt(server, { platform: "auto" }).contacts();
  expect(contacts).toHaveLength(450);
  expect(contacts[0]).toEqual({ id: "c0", name: "", organization: undefined, numbers: [], scope: undefined });
});

it("says which scope the contacts take", async () => {
  const server = await answering({ status: 403, body: "" });
  await expect(clientAt(server).contacts()).rejects.toMatchObject({
    code: "forbidden",
    remedy: expect.stringContaining("contacts:read"),
  });
});

it("the client gives up a list of numbers that never ends", async () => {
  let given = 0;
  const server = await answering(() => {
    given += 1;
    return { status: 200, body: JSON.stringify({ items: [{ id: `n${given}`, number: "+493023125000" }] }) };
  });
  const client = clientAt(server, { platform: "auto" });
  await expect(client.numbers()).rejects.toMatchObject({
    code: "unexpected-response",
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
