import { describe, expect, it } from "vitest";
import { answerXml, eventsAt, pair, wholeCall } from "./push-receiver.js";
import { berlin, clientFor, onlyCall, placeClassic } from "./support.js";

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
