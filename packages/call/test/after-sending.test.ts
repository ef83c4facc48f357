// Once the call request may have been sent, what comes out is the call or a CallError that says whether anything was dialled; and
// what never left this machine is told as such.
import { cpSync, rmSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { oauthCredentials } from "sipgate-call";
import { expect, it, onTestFinished, vi } from "vitest";
import { answering, losingOrders } from "./answers.js";
import { startContained } from "./containers/contained-process.mjs";
import { memoryStore, renewedAnswer, tokens } from "./sign-ins.js";
import { clientAt, strictSandbox } from "./support.js";
import { newFolder } from "./terminal.js";

const REQUEST = { caller: "e0", callee: "+493023125001" };

it.each(["", " ", "\t\n"])(
  "an id of blanks (%j) isn't an id: whether it was placed isn't known",
  async (id) => {
    const server = await answering({ status: 200, body: JSON.stringify({ sessionId: id }) });
    onTestFinished(() => server.close());
    const placing = clientAt(server).place(REQUEST, { searchForMs: 0 });
    await expect(placing).rejects.toMatchObject({ code: "unexpected-response", placed: "unknown" });
  },
);

it.each([400, 401, 402, 403, 404, 409, 429])(
  "a %i whose body holds an id isn't a refusal",
  async (status) => {
    for (const platform of ["classic", "neo"] as const) {
      const server = await answering((path) =>
        path.endsWith("/channels")
          ? { status: 200, body: '{"items":[]}' }
          : path.endsWith("/userinfo")
            ? { status: 200, body: '{"sub":"w0"}' }
            : { status, body: '{"sessionId":"abc"}' },
      );
      const placing = clientAt(server, { platform }).place(REQUEST, { searchForMs: 0 });
      await expect(placing).rejects.toMatchObject({ placed: "unknown" });
      expect(server.requests.filter((request) => request.startsWith("POST"))).toHaveLength(1);
      await server.close();
    }
  },
);

it("a 401 whose body holds an id isn't sent again with a renewed token", async () => {
  const server = await answering((path) =>
    path.includes("/auth/")
      ? { status: 200, headers: { "content-type": "application/json" }, body: renewedAnswer("second") }
      : { status: 401, body: '{"sessionId":"abc"}' },
  );
  onTestFinished(() => server.close());
  const credentials = oauthCredentials({
    clientId: "id",
    loginUrl: server.baseUrl,
    store: memoryStore(tokens(0)),
  });
  const placing = clientAt(server, { credentials, platform: undefined }).place(REQUEST, { searchForMs: 0 });
  await expect(placing).rejects.toMatchObject({ placed: "unknown" });
  expect(server.requests).toEqual(["POST /v2/sessions/calls"]);
});

it.each(["EMFILE", "ENFILE", "EADDRNOTAVAIL", "ENOBUFS", "EACCES"])(
  "%s while connecting is no doubt: nothing was dialled",
  async (code) => {
    const server = await losingOrders(() => {});
    onTestFinished(() => server.close());
    const net = await import("node:net");
    const fail = vi.spyOn(net.Socket.prototype, "connect").mockImplementation(function (
      this: InstanceType<typeof net.Socket>,
    ) {
      queueMicrotask(() => this.destroy(Object.assign(new Error(`connect ${code}`), { code })));
      return this;
    });
    onTestFinished(() => fail.mockRestore());
    await expect(clientAt(server).place(REQUEST)).rejects.toMatchObject({ code: "network", placed: "no" });
  },
);

it("the answer that waits in the socket of a process that was stopped past its timeout is read first", async () => {
  const sandbox = await strictSandbox();
  onTestFinished(() => sandbox.close());
  const script = fileURLToPath(new URL("place-stopped.mjs", import.meta.url));
  const { tokenId = "", token, baseUrl } = sandbox.classic;
  const told = ["index.js", "index.web.js"].map(
    (entry) => startContained([script, entry, baseUrl, tokenId, token], {}).printed,
  );
  const called = { callId: expect.any(String) };
  expect(await Promise.all(told)).toEqual([called, called]);
  expect(sandbox.calls).toHaveLength(2);
});

it.each(["index.js", "index.web.js"])(
  "nothing that follows a call request is loaded after it, since it may be gone by then: %s",
  async (entry) => {
    const folder = newFolder();
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
    const script = fileURLToPath(new URL("place-without-modules.mjs", import.meta.url));
    const told = ["close", "500", "402"].map((how) => {
      const copy = join(folder, how, "dist");
      cpSync(fileURLToPath(new URL("../dist", import.meta.url)), copy, { recursive: true });
      return startContained([script, copy, entry, how], {}).printed;
    });
    const explained = (placed: string) => ({ isCallError: true, placed });
    expect(await Promise.all(told)).toEqual(["unknown", "unknown", "no"].map(explained));
  },
);
