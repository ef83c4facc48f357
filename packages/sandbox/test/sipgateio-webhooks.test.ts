// sipgate's own Node.js library (npm: sipgateio), unchanged, receives pushed events. It would check signatures with
// sipgate's key, and the sender's address. Only sipgate can pass these checks: both are switched off.
import type { AddressInfo } from "node:net";
import type { Sandbox } from "sipgate-sandbox";
import library, {
  type AnswerEvent,
  type HangUpEvent,
  type NewCallEvent,
  type WebhookServer,
} from "sipgateio";
import { expect, it, onTestFinished } from "vitest";
import { berlin, clientFor, placeClassic, startSandbox } from "./support.js";

type CallEvent = NewCallEvent | AnswerEvent | HangUpEvent;

const USER = "Sandbox user w0";

/** The library's server with the handlers that `listen` adds, and a sandbox that pushes to it. */
async function pair(listen: (server: WebhookServer) => void): Promise<Sandbox> {
  const options = {
    port: 0,
    hostname: "127.0.0.1",
    serverAddress: "http://127.0.0.1/",
    skipSignatureVerification: true,
  };
  const server = await library.createWebhookModule().createServer(options);
  onTestFinished(() => {
    server.stop();
    server.getHttpServer().closeAllConnections();
  });
  // The library names this address in its responses. The port is known only now.
  options.serverAddress = `http://127.0.0.1:${(server.getHttpServer().address() as AddressInfo).port}/hook?a=1&b=2`;
  listen(server);
  return startSandbox({ pushUrl: options.serverAddress });
}

async function wholeCall(sandbox: Sandbox, callee: string): Promise<string> {
  const id = await placeClassic(clientFor(sandbox, "classic"), callee);
  await sandbox.clock.advance(100_000);
  await sandbox.pushed();
  return id;
}

it("sipgate's own library understands newCall, answer and hangup", async () => {
  const events: CallEvent[] = [];
  const keep = (event: CallEvent): void => void events.push(event);
  const sandbox = await pair((server) => {
    server.onNewCall(keep);
    server.onAnswer(keep);
    server.onHangUp(keep);
  });
  const callId = await wholeCall(sandbox, berlin("000"));

  const common = {
    direction: "out",
    from: "+496990009000",
    to: berlin("000"),
    callId,
    originalCallId: callId,
    xcid: expect.any(String),
  };
  expect(events).toEqual([
    { ...common, event: "newCall", users: [USER], userIds: ["w0"], fullUserIds: ["1000000w0"] },
    {
      ...common,
      event: "answer",
      user: USER,
      userId: "w0",
      fullUserId: "1000000w0",
      answeringNumber: berlin("000"),
    },
    { ...common, event: "hangup", cause: "normalClearing", answeringNumber: berlin("000") },
  ]);
  expect(sandbox.pushes.map(({ status }) => status)).toEqual([200, 200, 200]);
});

it("A library that listens for hangups only is told the end of a call that nobody answered", async () => {
  const causes: string[] = [];
  const sandbox = await pair((server) => server.onHangUp(({ cause }) => void causes.push(cause)));
  await wholeCall(sandbox, berlin("486"));
  expect(causes).toEqual(["busy"]);
});

it("A library that listens for new calls only is told of these", async () => {
  const sandbox = await pair((server) => server.onNewCall(() => undefined));
  await wholeCall(sandbox, berlin("000"));
  expect(sandbox.pushes.map(({ event }) => event)).toEqual(["newCall"]);
});
