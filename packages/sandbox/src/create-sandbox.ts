import { DOCUMENTED_TOKENS } from "./accounts/tokens.js";
import { BoundedLog } from "./bounded-log.js";
import { type Clock, createClock } from "./clock.js";
import { AUTHORITY } from "./faults/certificates.js";
import { Endpoints } from "./faults/endpoints.js";
import { Faults } from "./faults/faults.js";
import { createHandler } from "./handler.js";
import { closeServer, createHttpServer, listen } from "./http/server.js";
import { TrustedHosts } from "./http/trusted-hosts.js";
import { TrustedOrigins } from "./http/trusted-origins.js";
import { createListener } from "./listener.js";
import type { LoggedRequest } from "./logged-request.js";
import { CLIENT } from "./login/client.js";
import { DOCUMENTED_LOGINS } from "./login/logins.js";
import type { Observers } from "./observers.js";
import { checkOptions, type SandboxOptions } from "./options.js";
import { createUpgrade } from "./phones/websocket-upgrade.js";
import type { Sandbox } from "./sandbox.js";
import { shareClock } from "./shared-clock.js";
import { publicPem } from "./signing-key.js";
import { snapshotOf } from "./switch/snapshot.js";
import { startTelephony, type Telephony } from "./telephony.js";

/**
 * Starts a sandbox: a sipgate on this machine, with simulated phones. It listens when the promise resolves. Any number
 * of sandboxes can run in one process. They share nothing except the key that signs pushed events and access tokens.
 *
 * @throws TypeError (rejects) if an option is unknown or invalid; the message names every problem
 * @throws Error (rejects) with Node's `code`, such as `EADDRINUSE`, if it can't listen
 * @example
 * ```ts
 * import { createSandbox } from "sipgate-sandbox";
 *
 * const sandbox = await createSandbox({ clock: "manual" });
 * const { baseUrl, tokenId, token } = sandbox.classic;
 * await fetch(`${baseUrl}/sessions/calls`, {
 *   method: "POST",
 *   headers: { authorization: `Basic ${btoa(`${tokenId}:${token}`)}`, "content-type": "application/json" },
 *   body: JSON.stringify({ caller: "e0", callee: "+493023125486" }),
 * });
 * await sandbox.clock.advance(60_000); // milliseconds
 * console.log(sandbox.calls[0]?.end); // { party: "callee", cause: "busy", raw: "busy" }
 * await sandbox.close();
 * ```
 */
export function createSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
  return startSandbox(options, {});
}

/** Starts a sandbox that reports what happens, as the command line shows it. */
export async function startSandbox(options: SandboxOptions, observers: Observers): Promise<Sandbox> {
  const checked = checkOptions(options);
  const { port, host, allowHosts, cors, strict, keep } = checked;
  const clock = createClock(checked.clock);
  const telephony = await startTelephony(checked, clock, observers);
  const { registered, pusher } = telephony;
  const server = createHttpServer();
  const listening = listen(server, port, host);
  await listening.catch(() => registered?.close());
  const origin = `http://${urlHost(host)}:${await listening}`;
  const log = new BoundedLog<LoggedRequest>(keep);
  const faults = new Faults();
  const [hosts, origins] = [new TrustedHosts(host, allowHosts), new TrustedOrigins(cors)];
  const listener = createListener(createHandler({ telephony, clock, faults, log, origin, strict }), {
    hosts,
    origins,
    faults,
    clock,
    log(entry) {
      log.add(entry);
      observers.request?.(entry);
    },
  });
  server.on("request", listener);
  if (registered !== undefined) server.on("upgrade", createUpgrade(registered.registrar, hosts, origins));
  const endpoints = new Endpoints(listener, origin);
  return sandboxOf({ telephony, clock, log, faults, origin, endpoints }, async () => {
    clock.stop();
    await registered?.close();
    await Promise.all([pusher.close(), closeServer(server), endpoints.close()]);
    clock.stop();
  });
}

interface Parts {
  readonly telephony: Telephony;
  readonly clock: Clock;
  readonly log: BoundedLog<LoggedRequest>;
  readonly faults: Faults;
  readonly origin: string;
  readonly endpoints: Endpoints;
}

/** What a program sees of a running sandbox. */
function sandboxOf(
  { telephony, clock, log, faults, origin, endpoints }: Parts,
  close: Sandbox["close"],
): Sandbox {
  const { switch: calls, pusher, registered } = telephony;
  const baseUrl = `${origin}/v2`;
  return {
    baseUrl,
    classic: { baseUrl, ...credentials("classic") },
    neo: { baseUrl, ...credentials("neo") },
    accounts: DOCUMENTED_TOKENS,
    loginUrl: origin,
    client: CLIENT,
    logins: DOCUMENTED_LOGINS,
    get calls() {
      return Array.from(calls.calls(), snapshotOf);
    },
    get requests() {
      return log.snapshot();
    },
    get pushes() {
      return pusher.log();
    },
    sipServer: registered?.registrar.sipServer,
    clock: shareClock(clock),
    faults,
    endpoint: (kind) => endpoints.baseUrl(kind),
    certificateAuthority: AUTHORITY,
    pushed: () => pusher.settled(),
    pushPublicKey: publicPem,
    close,
  };
}

function credentials(name: "classic" | "neo"): { tokenId: string; token: string } {
  const found = DOCUMENTED_TOKENS.find((token) => token.name === name);
  if (found === undefined || found.tokenId === undefined) throw new Error(`There is no token ${name}.`);
  return { tokenId: found.tokenId, token: found.token };
}

/** The host as a URL has it. An address that means "all" is none to connect to, and IPv6 needs brackets. */
function urlHost(host: string): string {
  if (host === "0.0.0.0") return "127.0.0.1";
  if (host === "::") return "[::1]";
  return host.includes(":") ? `[${host}]` : host;
}
