// Puts the dialer together: accounts, calls, the server and its page.
import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { CallLists } from "sipgate-call-lists";
import type { Sandbox } from "sipgate-sandbox";
import { Accounts, type Profile } from "./account/accounts.js";
import { sandboxProfiles, startSandbox } from "./account/sandbox.js";
import { pushHandlersOf, takePush } from "./account/sandbox-pushes.js";
import { Calls } from "./calls/calls.js";
import { Team } from "./lists/team.js";
import { readText } from "./numbers/read-text.js";
import { EventStream } from "./server/event-stream.js";
import { handleRequest, type Parts, PUSH_PATH } from "./server/http-server.js";
import { writeOpener } from "./server/one-time-codes.js";
import { readPageFiles } from "./server/page-files.js";
import { defaultFolder, openPrivateFolder } from "./server/private-folder.js";
import { Sessions } from "./server/sessions.js";

/** Options of `startDialer`. */
export interface DialerOptions {
  /**
   * The port, on 127.0.0.1. Microphone grant, `tel:` handler and sign-in of the page belong to it.
   *
   * @default 8778
   */
  readonly port?: number;
  /** Accounts to choose from. Without them, a sandbox is started. */
  readonly profiles?: readonly [Profile, ...Profile[]] | undefined;
  /**
   * Where one-time codes and digests of sessions are: a folder that only this user can read.
   *
   * @default "sipgate-dialer" in the user's state folder
   */
  readonly folder?: string;
  /**
   * The team's call lists, which the page shows then. Clients of `profiles` need their `idempotencyStore`. They are closed
   * with the dialer.
   *
   * @default none
   */
  readonly lists?: CallLists | undefined;
}

/** A running dialer. */
export interface Dialer {
  readonly port: number;
  /** The sandbox that it plays in, if it was given no account. */
  readonly sandbox: Sandbox | undefined;
  /**
   * Writes a private file that lets a browser in, once, within two minutes.
   *
   * @param number to fill in; nothing is dialled
   * @returns its path
   */
  opener(number?: string): string;
  close(): Promise<void>;
}

export const DEFAULT_PORT = 8778;

/** @param pageFolder where the build has put the page */
export async function startDialerWith(
  pageFolder: string,
  { port = DEFAULT_PORT, profiles, folder = defaultFolder(), lists }: DialerOptions,
): Promise<Dialer> {
  openPrivateFolder(folder);
  const server = createServer();
  server.listen(port, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  const actualPort = typeof address === "object" && address !== null ? address.port : port;
  const starting = startParts(actualPort, folder, pageFolder, profiles, lists);
  server.on("request", (request, response) => {
    starting.then(
      ({ parts }) => handleRequest(parts, request, response),
      () => response.writeHead(503).end(),
    );
  });
  const close = async () => {
    server.closeAllConnections();
    server.close();
    await once(server, "close");
  };
  const { parts, sandbox } = await starting.catch(async (error: unknown) => {
    await close();
    throw error;
  });
  // The rules of numbers are loaded by the first number that is read.
  void readText("030");
  return {
    port: actualPort,
    sandbox,
    opener(number) {
      parts.accounts.readAhead();
      return writeOpener(folder, actualPort, number);
    },
    async close() {
      parts.events.close();
      await close();
      await parts.team?.close();
      await sandbox?.close();
    },
  };
}

/** Where phones in browsers register: sipgate's hosts, of which the device names one. */
const SIPGATE_SOCKETS = ["wss://sipgate.de", "wss://*.sipgate.de"];

function socketsOf(profiles: readonly Profile[]): readonly string[] {
  return profiles.flatMap(({ sandboxUrl }) =>
    sandboxUrl === undefined ? SIPGATE_SOCKETS : [new URL(sandboxUrl).origin.replace(/^http/, "ws")],
  );
}

interface Started {
  readonly parts: Parts;
  readonly sandbox: Sandbox | undefined;
}

async function startParts(
  port: number,
  folder: string,
  pageFolder: string,
  profiles: DialerOptions["profiles"],
  lists: CallLists | undefined,
): Promise<Started> {
  const events = new EventStream();
  const calls = new Calls((call) => events.send({ kind: "call", call }));
  const common = {
    port,
    folder,
    events,
    files: readPageFiles(pageFolder),
    sessions: new Sessions(folder, port),
    calls,
    team: lists && new Team(lists, calls, (desk) => events.send({ kind: "desk", desk })),
  };
  if (profiles !== undefined) {
    const push = (request: IncomingMessage, response: ServerResponse) => takePush([], request, response);
    const parts = {
      ...common,
      accounts: new Accounts(profiles),
      connectSources: socketsOf(profiles),
      push,
    };
    return { parts, sandbox: undefined };
  }
  const pushUrl = `http://127.0.0.1:${port}${PUSH_PATH}`;
  const sandbox = await startSandbox(pushUrl);
  const own = sandboxProfiles(sandbox, lists?.idempotencyStore);
  const handlers = await pushHandlersOf(sandbox, own, pushUrl);
  return {
    sandbox,
    parts: {
      ...common,
      accounts: new Accounts(own),
      connectSources: socketsOf(own),
      push: (request, response) => takePush(handlers, request, response),
    },
  };
}
