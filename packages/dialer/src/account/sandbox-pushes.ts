// Events that the sandbox pushes go to the clients of its accounts: polling can't show that a phone rings.
import type { IncomingMessage, ServerResponse } from "node:http";
import type { PushHandler } from "sipgate-call";
import type { Sandbox } from "sipgate-sandbox";
import type { Profile } from "./accounts.js";

const LONGEST_BODY = 100_000;

export async function pushHandlersOf(
  sandbox: Sandbox,
  profiles: readonly Profile[],
  url: string,
): Promise<readonly PushHandler[]> {
  const publicKey = await sandbox.pushPublicKey();
  return Promise.all(profiles.map(({ client }) => client.createPushHandler({ url, publicKey })));
}

/** Each handler verifies the signature, and knows only the calls of its account. */
export async function takePush(
  handlers: readonly PushHandler[],
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of request) {
    const bytes = Buffer.from(chunk);
    length += bytes.length;
    if (length > LONGEST_BODY) return void response.writeHead(413).end();
    chunks.push(bytes);
  }
  const body = Buffer.concat(chunks);
  const answers = await Promise.all(
    handlers.map((handler) => handler.handle({ headers: request.headers, body })),
  );
  const [answer] = answers;
  if (answer === undefined) return void response.writeHead(404).end();
  response.writeHead(answer.status, { ...answer.headers }).end(answer.body);
}
