import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import type { Sandbox } from "sipgate-sandbox";
import { onTestFinished } from "vitest";
import { berlin, clientFor, placeClassic, startSandbox } from "./support.js";

/** A received event. */
export interface Received {
  readonly path: string;
  readonly method: string | undefined;
  readonly contentType: string | undefined;
  readonly signature: string;
  readonly body: string;
  /** The form. If a name occurs twice, its last value. */
  readonly fields: Record<string, string>;
}

export interface Receiver {
  readonly url: string;
  /** All events so far, oldest first. */
  readonly received: Received[];
  /** Resolves when this many events have come in. */
  until(count: number): Promise<void>;
  /** How many connections are open. */
  connections(): Promise<number>;
}

type Answering = (received: Received, response: ServerResponse, url: string) => void;

/** Asks for both further events, each at its own path. */
export const askForBoth: Answering = (_received, response, url) => {
  answerXml(response, `<Response onAnswer="${url}/answer" onHangup="${url}/hangup" />`);
};

export function answerXml(response: ServerResponse, xml: string): void {
  response.writeHead(200, { "content-type": "application/xml" }).end(xml);
}

/** Starts a web server that receives pushed events. It stops with the test. */
export async function startReceiver(answer: Answering = askForBoth): Promise<Receiver> {
  const received: Received[] = [];
  const waiting: { count: number; resolve: () => void }[] = [];
  const server = createServer(async (request, response) => {
    const entry = await receive(request);
    received.push(entry);
    answer(entry, response, url);
    for (const { count, resolve } of waiting) if (received.length >= count) resolve();
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => {
    server.close();
    server.closeAllConnections();
  });
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    url,
    received,
    until: (count) =>
      new Promise((resolve) => {
        waiting.push({ count, resolve });
        if (received.length >= count) resolve();
      }),
    connections: () =>
      new Promise((resolve, reject) => {
        server.getConnections((error, count) => (error === null ? resolve(count) : reject(error)));
      }),
  };
}

async function receive(request: IncomingMessage): Promise<Received> {
  const body = await text(request);
  return {
    path: request.url ?? "",
    method: request.method,
    contentType: request.headers["content-type"],
    signature: String(request.headers["x-sipgate-signature"]),
    body,
    fields: Object.fromEntries(new URLSearchParams(body)),
  };
}

/** A receiver, and a sandbox that pushes to its `/new`. */
export async function pair(
  answer?: Parameters<typeof startReceiver>[0],
): Promise<{ sandbox: Sandbox; receiver: Receiver }> {
  const receiver = await startReceiver(answer);
  return { receiver, sandbox: await startSandbox({ pushUrl: `${receiver.url}/new` }) };
}

/** Places a call on classic, and waits for its end and all its pushes. */
export async function wholeCall(sandbox: Sandbox, digits: string, caller = "e0"): Promise<string> {
  const id = await placeClassic(clientFor(sandbox, "classic"), berlin(digits), caller);
  await sandbox.clock.advance(200_000);
  await sandbox.pushed();
  return id;
}

/** Path and event of each request, in the order of their arrival. */
export const eventsAt = (receiver: Receiver) =>
  receiver.received.map(({ path, fields }) => [path, fields.event]);
