import { describe, expect, it } from "vitest";
import { clientFor, startSandbox } from "./support.js";

async function get(name: string, path: string) {
  const sandbox = await startSandbox();
  return clientFor(sandbox, name)("GET", path);
}

describe("what there is to know about an account", () => {
  it("userinfo names the user", async () => {
    expect((await get("classic-second-user", "/authorization/userinfo")).json).toMatchObject({ sub: "w1" });
  });

  it("balance has amount and currency", async () => {
    expect((await get("classic", "/balance")).json).toEqual({ amount: 123_400, currency: "EUR" });
    expect((await get("classic-no-balance", "/balance")).json).toEqual({ amount: 0, currency: "EUR" });
  });

  it("numbers lists all numbers and where they lead", async () => {
    const { items } = (await get("classic", "/numbers")).json;
    expect(items).toHaveLength(3);
    expect(items).toContainEqual({
      id: "4000000",
      number: "+496990009000",
      localized: "069-90009000",
      type: "LANDLINE",
      endpointId: "p0",
      endpointAlias: "Main line",
      endpointUrl: "https://api.sipgate.com/v2/w0/phonelines/p0",
    });
  });

  it.each([
    ["?offset=1", ["+496990009001", "+496990009002"]],
    ["?limit=1", ["+496990009000"]],
    ["?offset=1&limit=1", ["+496990009001"]],
    ["?offset=9", []],
  ])("numbers can be read in pages: %s", async (query, expected) => {
    const { items } = (await get("classic", `/numbers${query}`)).json;
    expect((items as { number: string }[]).map(({ number }) => number)).toEqual(expected);
  });

  it("Invalid pages are refused", async () => {
    expect((await get("classic", "/numbers?offset=-1")).status).toBe(400);
    expect((await get("classic", "/numbers?limit=many")).status).toBe(400);
  });

  it("callrestrictions has those of known users", async () => {
    expect((await get("classic", "/callrestrictions")).json).toMatchObject({ userId: "w0", charged: false });
    expect((await get("classic", "/callrestrictions?userIds=w1")).json).toMatchObject({ userId: "w1" });
    expect((await get("classic", "/callrestrictions?userIds=w7")).status).toBe(404);
  });

  it("groups lists groups on classic, and gives 403 on neo in sipgate's words", async () => {
    expect((await get("classic", "/groups")).json).toMatchObject({ items: [{ id: "g0", alias: "Sales" }] });
    expect((await get("classic", "/groups?userId=w1")).json).toEqual({ items: [] });
    const refused = await get("neo", "/groups");
    expect(refused.status).toBe(403);
    expect(refused.text).toContain("This endpoint requires a sipgate Classic PBX Account");
  });
});
