import { createPublicKey, verify } from "node:crypto";
import { createSandbox, type Sandbox, type SandboxOptions } from "sipgate-sandbox";
import { describe, expect, it, onTestFinished, vi } from "vitest";
import { answerXml, askForBoth, type Receiver, startReceiver } from "./push-receiver.js";
import { berlin, clientFor, onlyCall, placeClassic, send, startSandbox } from "./support.js";

/** A receiver, and a sandbox that pushes to its `/new`. */
async function pair(
  answer?: Parameters<typeof startReceiver>[0],
): Promise<{ sandbox: Sandbox; receiver: Receiver }> {
  const receiver = await startReceiver(answer);
  return { receiver, sandbox: await startSandbox({ pushUrl: `${receiver.url}/new` }) };
}

/** Places a call on classic, and waits for its end and all its pushes. */
async function wholeCall(sandbox: Sandbox, digits: string, caller = "e0"): Promise<string> {
  const id = await placeClassic(clientFor(sandbox, "classic"), berlin(digits), caller);
  await sandbox.clock.advance(200_000);
  await sandbox.pushed();
  return id;
}

const eventsAt = (receiver: Receiver) => receiver.received.map(({ path, fields }) => [path, fields.event]);

describe("events of a call", () => {
  it("The events of a call are newCall, answer and hangup: forms with numbers without plus", async () => {
    const { sandbox, receiver } = await pair();
    const callId = await wholeCall(sandbox, "000");

    const common = {
      direction: "out",
      from: "496990009000",
      to: "493023125000",
      callId,
      origCallId: callId,
      xcid: expect.stringMatching(/^[0-9a-f]{32}$/),
    };
    const user = "Sandbox user w0";
    expect(receiver.received).toMatchObject([
      { path: "/new", method: "POST", contentType: "application/x-www-form-urlencoded" },
      { path: "/answer", method: "POST", contentType: "application/x-www-form-urlencoded" },
      { path: "/hangup", method: "POST", contentType: "application/x-www-form-urlencoded" },
    ]);
    expect(receiver.received.map(({ fields }) => fields)).toEqual([
      { ...common, event: "newCall", "user[]": user, "userId[]": "w0", "fullUserId[]": "1000000w0" },
      {
        ...common,
        event: "answer",
        user,
        userId: "w0",
        fullUserId: "1000000w0",
        answeringNumber: common.to,
      },
      { ...common, event: "hangup", cause: "normalClearing", answeringNumber: common.to },
    ]);
    expect(new Set(receiver.received.map(({ fields }) => fields.xcid)).size).toBe(1);
  });

  it("An event has the number that the callee sees", async () => {
    const { sandbox, receiver } = await pair();
    const order = { caller: "e0", callee: berlin("000"), callerId: "+494066969900" };
    await clientFor(sandbox, "classic")("POST", "/sessions/calls", order);
    await sandbox.clock.advance(1_000);
    await sandbox.pushed();
    expect(receiver.received[0]?.fields.from).toBe("494066969900");
  });

  it("hangup says why the call ended, as the snapshot does", async () => {
    const { sandbox, receiver } = await pair();
    const causes = {
      "000": "normalClearing",
      "302": "forwarded",
      "402": "congestion",
      "403": "congestion",
      "404": "notFound",
      "408": "noAnswer",
      "480": "notFound",
      "486": "busy",
      "487": "cancel",
      "503": "congestion",
      "603": "noAnswer",
    };
    for (const digits of Object.keys(causes)) await wholeCall(sandbox, digits);
    const hangups = receiver.received.filter(({ path }) => path === "/hangup").map(({ fields }) => fields);
    expect(Object.fromEntries(hangups.map(({ to, cause }) => [to?.slice(-3), cause]))).toEqual(causes);
    expect(hangups.map(({ cause }) => cause)).toEqual(sandbox.calls.map(({ end }) => end?.raw));
    expect(hangups.map(({ answeringNumber }) => answeringNumber !== undefined)).toEqual(
      sandbox.calls.map(({ connectedAt }) => connectedAt !== undefined),
    );
  });

  it("The events come when the caller's phone rings, when the callee answers, and at the end", async () => {
    const { sandbox } = await pair();
    await wholeCall(sandbox, "000");
    const { states, placedAt } = onlyCall(sandbox);
    const at = (wanted: string) => states.find(({ state }) => state === wanted)?.at;
    expect(sandbox.pushes.map(({ event, at }) => [event, at])).toEqual([
      ["newCall", at("caller-ringing")],
      ["answer", at("connected")],
      ["hangup", at("ended")],
    ]);
    expect(at("caller-ringing")).toEqual(new Date(placedAt.getTime() + 500));
  });

  it("If the caller's phone never rings, newCall comes at the end", async () => {
    const { sandbox, receiver } = await pair();
    await wholeCall(sandbox, "000", "e5");
    expect(eventsAt(receiver)).toEqual([
      ["/new", "newCall"],
      ["/hangup", "hangup"],
    ]);
    expect(sandbox.pushes.map(({ at }) => at)).toEqual([
      onlyCall(sandbox).endedAt,
      onlyCall(sandbox).endedAt,
    ]);
  });

  it("If a client hangs up before a phone rings, both events come then", async () => {
    const { sandbox, receiver } = await pair();
    const client = clientFor(sandbox, "classic");
    const id = await placeClassic(client, berlin("000"));
    await client("DELETE", `/calls/${id}`);
    await sandbox.pushed();
    expect(receiver.received.map(({ fields }) => fields.cause)).toEqual([undefined, "cancel"]);
  });

  it("neo pushes events too, with the id that placing the call has returned", async () => {
    const { sandbox, receiver } = await pair();
    const order = { deviceId: "e0", targetNumber: berlin("000") };
    const { json } = await clientFor(sandbox, "neo-session-id")("POST", "/calls", order);
    await sandbox.clock.advance(100_000);
    await sandbox.pushed();
    expect(receiver.received.map(({ fields }) => fields.callId)).toEqual(Array(3).fill(json.sessionId));
    expect(receiver.received[0]?.fields["fullUserId[]"]).toBe("2000004w0");
  });
});

describe("the answer to newCall", () => {
  const BOTH = ["newCall", "answer", "hangup"];

  it.each([
    ["both", '<Response onAnswer="URL" onHangup="URL"/>', BOTH],
    ["onAnswer alone", '<Response onAnswer="URL"></Response>', ["newCall", "answer"]],
    ["onHangup alone", "<Response onHangup='URL' />", ["newCall", "hangup"]],
    [
      "a declaration",
      '<?xml version="1.0" encoding="UTF-8"?>\n<Response\n onHangup = "URL"/>',
      ["newCall", "hangup"],
    ],
    ["comments", '<!-- <Response onAnswer="URL"/> -->\r\n<Response onHangup="URL"/>', ["newCall", "hangup"]],
    [
      "a byte order mark and other attributes",
      '\uFEFF<Response a:b="x" onAnswer="URL" onHangup="URL">',
      BOTH,
    ],
    ["neither", "<Response/>", ["newCall"]],
    ["empty attributes", '<Response onAnswer="" onHangup=" "/>', ["newCall"]],
    ["another element", '<Answer onAnswer="URL" onHangup="URL"/>', ["newCall"]],
    ["an element like it", '<Responses onAnswer="URL"/>', ["newCall"]],
    ["an element in another", '<A><Response onAnswer="URL"/></A>', ["newCall"]],
    ["an attribute in a value", "<Response x='onAnswer=\"URL\"'/>", ["newCall"]],
    ["an open comment", '<!-- <Response onAnswer="URL"/>', ["newCall"]],
    ["a tag without an end", '<Response onAnswer="URL"', ["newCall"]],
    ["nothing", "", ["newCall"]],
    ["JSON", '{"onAnswer":"URL"}', ["newCall"]],
    ["more than is read", `<Response onAnswer="URL"/>${" ".repeat(70_000)}`, ["newCall"]],
  ])("A response with %s gets the events it asks for", async (_what, xml, events) => {
    const { sandbox, receiver } = await pair((_, response, url) =>
      answerXml(response, xml.replaceAll("URL", url)),
    );
    await wholeCall(sandbox, "000");
    expect(receiver.received.map(({ fields }) => fields.event)).toEqual(events);
    expect(sandbox.pushes.map(({ status }) => status)).toEqual(events.map(() => 200));
  });

  it("XML escapes in the URLs are decoded", async () => {
    const { sandbox, receiver } = await pair((_, response, url) =>
      answerXml(
        response,
        `<Response onHangup="${url}/h?a=1&amp;b=&#50;&amp;c=&#x33;&amp;d=&quot;&lt;&apos;&#9999999;"/>`,
      ),
    );
    await wholeCall(sandbox, "486");
    const { searchParams } = new URL(receiver.received[1]?.path ?? "", receiver.url);
    expect(Object.fromEntries(searchParams)).toMatchObject({ a: "1", b: "2", c: "3" });
    expect(receiver.received[1]?.path).toContain("d=%22%3C%27&");
  });

  it.each([301, 302, 307, 400, 500])(
    "A response with status %d gets no events, and no redirect is followed",
    async (status) => {
      const { sandbox, receiver } = await pair((_, response, url) => {
        response.writeHead(status, { location: `${url}/elsewhere` });
        response.end(`<Response onAnswer="${url}" onHangup="${url}"/>`);
      });
      await wholeCall(sandbox, "000");
      expect(eventsAt(receiver)).toEqual([["/new", "newCall"]]);
      expect(sandbox.pushes).toMatchObject([{ event: "newCall", status }]);
    },
  );

  it("Events go to allowed URLs only", async () => {
    const { sandbox } = await pair((_, response) =>
      answerXml(response, '<Response onAnswer="http://pushes.example/" onHangup="file:///etc/passwd"/>'),
    );
    await wholeCall(sandbox, "000");
    expect(sandbox.pushes.map(({ url, status }) => [url, status]).slice(1)).toEqual([
      ["http://pushes.example/", undefined],
      ["file:///etc/passwd", undefined],
    ]);
  });
});

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

const timeouts = () => process.getActiveResourcesInfo().filter((name) => name === "Timeout").length;

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
