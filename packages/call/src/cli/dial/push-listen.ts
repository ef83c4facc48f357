// dial --push-listen: a web server for what sipgate pushes, while the call is followed.
import { readFileSync } from "node:fs";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { InvalidSettingsError } from "../../call/errors.js";
import { printable } from "../../call/text/printable.js";
import type { Client } from "../../client/client.js";
import { type PushCounts, type PushHandler, urlProblems } from "../../sipgate/push/push-handler.js";
import type { Input } from "../command.js";
import { withFieldNames } from "../field-names.js";
import type { Output } from "../terminal/output.js";
import { usageError } from "../usage-error.js";

/** A server that listens, and takes what is pushed once it has a client to tell. */
export interface PushListener {
  /** The URL that sipgate pushes to. */
  readonly url: string;
  /** @param sandboxKey the key that an embedded sandbox signs with */
  attach(client: Client, sandboxKey: string | undefined): Promise<void>;
  /** Ends it. */
  close(): void;
  /** Warns of refused events, and if nothing was pushed. */
  tell(output: Output): void;
}

const LONGEST_BODY = 64 * 1024;
/** Anybody who reaches this server can send. sipgate's events are a few hundred bytes, and there are few at a time. */
const LIMITS = { headersTimeout: 5_000, requestTimeout: 10_000, connectionsCheckingInterval: 1_000 } as const;
const MOST_CONNECTIONS = 100;

/** @throws UsageError naming everything that's wrong with the options */
export async function listenForPushes(input: Input, inSandbox: boolean): Promise<PushListener> {
  const { host, port, url, key } = pushOptionsOf(input, inSandbox);
  const wrong = url === undefined ? [] : urlProblems(url);
  if (wrong.length > 0) throw withFieldNames(new InvalidSettingsError(wrong), FIELD_NAMES);
  let attached: (handler: PushHandler) => void = () => {};
  let tooLong = 0;
  let counts = (): PushCounts => ({ accepted: 0, forged: 0, replayed: 0, malformed: tooLong });
  const handler = new Promise<PushHandler>((resolve) => {
    attached = resolve;
  });
  const server = createServer(
    LIMITS,
    (request, response) =>
      void serve(request, response, handler, () => {
        tooLong += 1;
      }),
  );
  server.maxConnections = MOST_CONNECTIONS;
  await listening(server, host, port);
  const { port: actualPort } = server.address() as AddressInfo;
  // An address that means "all" can't be connected to.
  const reachable = /^(?:0\.0\.0\.0|\[::\])$/.test(host) ? "127.0.0.1" : host;
  const pushUrl = url ?? `http://${reachable}:${actualPort}/`;
  return {
    url: pushUrl,
    async attach(client, sandboxKey) {
      const asked = client.createPushHandler({ url: pushUrl, publicKey: key ?? sandboxKey });
      const pushes = await asked.catch((error: unknown) =>
        Promise.reject(withFieldNames(error, FIELD_NAMES)),
      );
      counts = () => ({ ...pushes.counts, malformed: pushes.counts.malformed + tooLong });
      attached(pushes);
    },
    close() {
      server.close();
      server.closeAllConnections();
    },
    tell: (output) => tell(counts(), pushUrl, output),
  };
}

const FIELD_NAMES = { url: "--push-url", publicKey: "--push-key" };

async function serve(
  request: IncomingMessage,
  response: ServerResponse,
  handler: Promise<PushHandler>,
  onTooLong: () => void,
): Promise<void> {
  try {
    if (request.method !== "POST") return refuse(request, response, 405, { allow: "POST" });
    const bytes = await bodyOf(request);
    if (bytes === undefined) {
      onTooLong();
      return refuse(request, response, 413);
    }
    const { headers } = request;
    const answer = await (await handler).handle({ headers, body: bytes });
    response.writeHead(answer.status, answer.headers).end(answer.body);
  } catch {
    response.destroy(); // The sender went away in the middle.
  }
}

/** Undefined if it's longer than any event, as soon as that's certain. */
async function bodyOf(request: IncomingMessage): Promise<Buffer | undefined> {
  if (Number(request.headers["content-length"] ?? 0) > LONGEST_BODY) return undefined;
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of request.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length > LONGEST_BODY) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/** Answers, and closes the connection: what the sender may go on sending isn't read. */
function refuse(
  request: IncomingMessage,
  response: ServerResponse,
  status: number,
  headers: Readonly<Record<string, string>> = {},
): void {
  request.pause();
  response.writeHead(status, { ...headers, connection: "close" });
  response.end(() => request.socket.destroySoon());
}

function listening(server: Server, host: string, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once("error", (error: NodeJS.ErrnoException) => {
      reject(usageError("--push-listen", `It can't be listened on (${error.code}).`, "Use another port."));
    });
    server.listen(port, host.replace(/^\[|\]$/g, ""), resolve);
  });
}

/** The embedded sandbox pushes there by itself. */
const ANY_PORT = "127.0.0.1:0";

interface PushOptionsTyped {
  readonly host: string;
  readonly port: number;
  readonly url: string | undefined;
  readonly key: string | undefined;
}

function pushOptionsOf(input: Input, inSandbox: boolean): PushOptionsTyped {
  const where = input.text("push-listen") ?? ANY_PORT;
  const [, host = "127.0.0.1", port = ""] = /^(?:(\[[0-9a-f:]+\]|[^:]+):)?(\d{1,5})$/i.exec(where) ?? [];
  if (port === "" || Number(port) > 65_535) {
    throw usageError(
      "--push-listen",
      `"${printable(where)}" isn't an address to listen on.`,
      "Write it like 127.0.0.1:8080.",
    );
  }
  const url = input.text("push-url");
  if (url === undefined && !inSandbox) {
    const remedy =
      "Add --push-url with the https URL at which sipgate reaches this port, such as that of a tunnel or a proxy.";
    throw usageError("--push-url", "It's missing: sipgate has to know where to push to.", remedy);
  }
  return { host, port: Number(port), url, key: keyIn(input.text("push-key")) };
}

function keyIn(file: string | undefined): string | undefined {
  try {
    return file === undefined ? undefined : readFileSync(file, "utf8");
  } catch {
    throw usageError(
      "--push-key",
      `${printable(file ?? "")} can't be read.`,
      "Name a PEM file with a public key.",
    );
  }
}

/** For scripts an object, for humans a line. */
function warn(text: string, output: Output): void {
  output.warning(text);
  output.object({ type: "warning", text });
}

function tell({ accepted, forged, replayed, malformed }: PushCounts, url: string, output: Output): void {
  if (accepted + forged === 0) {
    warn(
      `sipgate pushed nothing. The outgoing URL at https://console.sipgate.com/webhooks/urls has to be ${url}`,
      output,
    );
  }
  const refused = [
    [forged, "not signed by sipgate (or with the key of --push-key)"],
    [replayed, "seen before"],
    [malformed, "no events"],
  ] as const;
  const reasons = refused.filter(([count]) => count > 0).map(([count, why]) => `${count} ${why}`);
  if (reasons.length > 0) warn(`Pushed requests were refused: ${reasons.join(", ")}.`, output);
}
