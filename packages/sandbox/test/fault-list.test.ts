// Which requests fail: adding, counting, listing and clearing faults.
import type { Fault } from "sipgate-sandbox";
import { describe, expect, it } from "vitest";
import { berlin, clientFor, startSandbox } from "./support.js";

describe("which requests fail", () => {
  it("A fault hits as many requests of its method and path as it says, after it has spared some", async () => {
    const sandbox = await startSandbox();
    const ask = clientFor(sandbox, "classic");
    const fault = sandbox.faults.add({
      how: "answer",
      method: "delete",
      path: "/calls/{callId}",
      skip: 1,
      times: 2,
    });
    await ask("GET", "/calls");
    const statuses: number[] = [];
    for (let i = 0; i < 4; i += 1) statuses.push((await ask("DELETE", "/calls/nobody")).status);
    expect(statuses).toEqual([404, 503, 503, 404]);
    expect(fault.hits).toBe(2);
    expect(sandbox.requests.map((request) => request.fault)).toEqual([
      undefined,
      undefined,
      "answer",
      "answer",
      undefined,
    ]);
  });

  it("No request fails after the faults were cleared", async () => {
    const sandbox = await startSandbox();
    sandbox.faults.add({ how: "reset", times: 100 });
    sandbox.faults.clear();
    expect((await clientFor(sandbox, "classic")("GET", "/balance")).status).toBe(200);
  });

  it.each([false, true])(
    "A request that fails has its effect if carriedOut says so: %s",
    async (carriedOut) => {
      const sandbox = await startSandbox();
      sandbox.faults.add({ how: "reset", method: "POST", carriedOut });
      const request = { caller: "e0", callee: berlin("000") };
      await expect(clientFor(sandbox, "classic")("POST", "/sessions/calls", request)).rejects.toThrow();
      expect(sandbox.calls).toHaveLength(carriedOut ? 1 : 0);
    },
  );

  it("An invalid fault is refused, and the error names every problem", async () => {
    const { faults } = await startSandbox();
    const wrong = { how: "often", times: -1, status: 99, weather: "rain" } as unknown as Fault;
    expect(() => faults.add(wrong)).toThrow(/how must be one of reset.*times.*status.*weather is no such/);
    expect(() => faults.add({} as Fault)).toThrow("how must be one of");
    const header = { "x-y": "a\r\nb" };
    expect(() => faults.add({ how: "answer", headers: header })).toThrow("headers can't be sent");
  });
});

describe("another process", () => {
  it("Another process adds, lists and clears faults over HTTP", async () => {
    const sandbox = await startSandbox();
    const url = sandbox.baseUrl.replace("/v2", "/faults");
    const post = (fault: unknown) =>
      fetch(url, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify(fault),
      });
    expect((await post({ how: "close", times: 2 })).status).toBe(201);
    await expect(clientFor(sandbox, "classic")("GET", "/balance")).rejects.toThrow();
    expect(await (await fetch(url)).json()).toEqual({
      items: [{ fault: { how: "close", times: 2 }, hits: 1 }],
    });
    expect((await fetch(url, { method: "DELETE" })).status).toBe(204);
    expect((await clientFor(sandbox, "classic")("GET", "/balance")).status).toBe(200);
    expect((await post({ how: "often" })).status).toBe(400);
    expect((await fetch(url, { method: "PUT" })).status).toBe(405);
  });
});
