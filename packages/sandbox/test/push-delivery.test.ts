// How events are delivered and signed, and where they go.
import { createPublicKey, verify } from "node:crypto";
import { createSandbox, type SandboxOptions } from "sipgate-sandbox";
import { describe, expect, it, onTestFinished, vi } from "vitest";
import { askForBoth, eventsAt, pair, startReceiver, wholeCall } from "./push-receiver.js";
import { berlin, clientFor, onlyCall, placeClassic, send, startSandbox } from "./support.js";

const timeouts = () => process.getActiveResourcesInfo().filter((name) => name === "Timeout").length;

describe("delivery", () => {
  it("A call's events stay in order, and don't wait for those of another call", async () => {
    const held: (() => void)[] = [];
    const { sandbox, receiver } = await pair((received, response, url) => {
      if (received.fields.to === "493023125000") held.push(() => askForBoth(received, response, url));
      else askForBoth(received, response, url);
    });
    const client = clientFor(sandbox, "classic");
    const slow = await placeClassic(client, berlin("000"));
    const quick = await placeClassic(client, berlin("005"));
    await sandbox.clock.advance(100_000);
    await receiver.until(4);
    expect(sandbox.calls.map(({ state }) => state)).toEqual(["ended", "ended"]);
    const eventsOf = (id: string) =>
      receiver.received.filter(({ fields }) => fields.callId === id).map(({ fields }) => fields.event);
    expect([eventsOf(slow), eventsOf(quick)]).toEqual([["newCall"], ["newCall", "answer", "hangup"]]);
    for (let count = 5; count <= 6; count++) {
      held.shift()?.();
      await receiver.until(count);
    }
    held.shift()?.();
    await sandbox.pushed();
    expect(eventsOf(slow)).toEqual(["newCall", "answer", "hangup"]);
    // The server learns a little later than the sandbox that a connection was closed.
    await vi.waitFor(async () => expect(await receiver.connections()).toBe(0));
  });

  it("A push that fails is logged, and changes nothing for the call", async () => {
    const gone = await pair((_, response) => response.destroy());
    await wholeCall(gone.sandbox, "000");
    expect(gone.sandbox.pushes).toMatchObject([{ event: "newCall", status: undefined }]);

    const nobody = await startSandbox({ pushUrl: "http://127.0.0.1:1/" });
    await wholeCall(nobody, "000");
    expect(nobody.pushes).toMatchObject([
      { event: "newCall", url: "http://127.0.0.1:1/", status: undefined },
    ]);
    expect(onlyCall(nobody).end).toEqual(onlyCall(gone.sandbox).end);
  });

  it("A push fails if the response takes too long or switches the protocol", async () => {
    const silent = await pair(() => undefined);
    const unfinished = await pair((_, response) => void response.writeHead(200).write("<Response"));
    const switching = await pair((_, response) => {
      response.socket?.end("HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\nConnection: Upgrade\r\n\r\n");
    });
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
    onTestFinished(() => void vi.useRealTimers());
    const pairs = [silent, unfinished, switching];
    const done = Promise.all(pairs.map(({ sandbox }) => wholeCall(sandbox, "000")));
    await Promise.all(pairs.map(({ receiver }) => receiver.until(1)));
    await switching.sandbox.pushed();
    await vi.advanceTimersByTimeAsync(4_999);
    expect([silent.sandbox.pushes, unfinished.sandbox.pushes]).toEqual([[], []]);
    await vi.advanceTimersByTimeAsync(1);
    await done;
    for (const { sandbox } of pairs) {
      expect(sandbox.pushes).toMatchObject([{ event: "newCall", status: undefined }]);
    }
  });

  it("All events of a hundred simultaneous calls arrive", async () => {
    const { sandbox, receiver } = await pair();
    const client = clientFor(sandbox, "classic");
    await Promise.all(Array.from({ length: 100 }, () => placeClassic(client, berlin("000"))));
    await sandbox.clock.advance(100_000);
    await sandbox.pushed();
    expect(receiver.received).toHaveLength(300);
    expect(sandbox.pushes.filter(({ status }) => status === 200)).toHaveLength(300);
  });

  it("Closing the sandbox ends all pushes", async () => {
    const receiver = await startReceiver(() => undefined);
    const sandbox = await createSandbox({ clock: "manual", pushUrl: receiver.url });
    await sandbox.pushPublicKey();
    const client = clientFor(sandbox, "classic");
    for (let count = 0; count < 40; count++) await placeClassic(client, berlin("000"));
    await sandbox.clock.advance(100_000);
    await receiver.until(32);
    const before = timeouts();
    await sandbox.close();
    await sandbox.pushed();
    expect(timeouts()).toBeLessThanOrEqual(before - 32);
    await vi.waitFor(async () => expect(await receiver.connections()).toBe(0));
    expect(receiver.received).toHaveLength(32);
  });
});

describe("signatures", () => {
  it("A signature is RSA-SHA256 of the form, with a key that all sandboxes of the process share", async () => {
    const { sandbox, receiver } = await pair();
    await wholeCall(sandbox, "000");
    const pem = await sandbox.pushPublicKey();
    const key = createPublicKey(pem);
    expect(key).toMatchObject({ asymmetricKeyType: "rsa", asymmetricKeyDetails: { modulusLength: 2_048 } });
    for (const { body, signature } of receiver.received) {
      expect(verify("RSA-SHA256", Buffer.from(body), key, Buffer.from(signature, "base64"))).toBe(true);
      expect(verify("RSA-SHA256", Buffer.from(`${body}x`), key, Buffer.from(signature, "base64"))).toBe(
        false,
      );
    }
    expect(sandbox.pushes.map(({ body, signature }) => ({ body, signature }))).toEqual(
      receiver.received.map(({ body, signature }) => ({ body, signature })),
    );
    expect(await sandbox.pushPublicKey()).toBe(pem);
    expect(await (await startSandbox()).pushPublicKey()).toBe(pem);
  });

  it("Another process can read the public key without credentials", async () => {
    const sandbox = await startSandbox();
    const url = new URL("/push-public-key.pem", sandbox.baseUrl).href;
    const answer = await send(url, {});
    expect(answer).toMatchObject({ status: 200, text: await sandbox.pushPublicKey() });
    expect(answer.headers.get("content-type")).toBe("application/x-pem-file");
    expect((await send(url, { method: "POST" })).status).toBe(404);
    expect((await send(`${sandbox.baseUrl}/push-public-key.pem`, {})).status).toBe(404);
    expect(sandbox.requests[0]).toMatchObject({ path: "/push-public-key.pem", status: 200 });
  });
});

describe("where events go", () => {
  it("Nothing is pushed without a URL", async () => {
    const sandbox = await startSandbox();
    await wholeCall(sandbox, "000");
    expect(sandbox.pushes).toEqual([]);
  });

  it("An account's outgoingUrl takes precedence over pushUrl, for calls that begin after it was set", async () => {
    const { sandbox, receiver } = await pair();
    const client = clientFor(sandbox, "classic");
    const put = (outgoingUrl: string) =>
      client("PUT", "/settings/sipgateio", { incomingUrl: "", outgoingUrl });
    const other = await startReceiver();
    await placeClassic(client, berlin("000"));
    await sandbox.clock.advance(1_000);
    await put(`${other.url}/own`);
    await sandbox.clock.advance(100_000);
    await wholeCall(sandbox, "000");
    await clientFor(sandbox, "neo")("POST", "/calls", { deviceId: "e0", targetNumber: berlin("486") });
    await sandbox.clock.advance(100_000);
    await sandbox.pushed(); // Those of different calls don't wait for each other.
    await put("");
    await wholeCall(sandbox, "486");

    expect(eventsAt(receiver).map(([path]) => path)).toEqual([
      ...["/new", "/answer", "/hangup"],
      ...["/new", "/hangup"],
      ...["/new", "/hangup"],
    ]);
    expect(eventsAt(other).map(([path]) => path)).toEqual(["/own", "/answer", "/hangup"]);
  });

  it.each(["", "hook", "ftp://127.0.0.1", "http://pushes.example", "https://a:b@pushes.example", 7, null])(
    "pushUrl can't be %j",
    async (pushUrl) => {
      const sandbox = createSandbox({ pushUrl } as SandboxOptions);
      await expect(sandbox).rejects.toThrow(/^createSandbox: pushUrl (must|may)/);
    },
  );

  it("pushUrl may be https anywhere", async () => {
    const sandbox = await createSandbox({ pushUrl: "https://pushes.example/hook" });
    onTestFinished(() => sandbox.close());
    expect(sandbox.pushes).toEqual([]);
  });
});
