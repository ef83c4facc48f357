import { callees, callers } from "../catalog.js";
import type { Sandbox } from "../sandbox.js";
import type { Platform } from "../switch/call.js";
import { DEFAULT_PORT } from "./arguments.js";

export const HELP = `A sipgate on your own machine: the REST API, the login and simulated phones. It rings nobody and costs nothing.

Usage: sipgate-sandbox [options]

Options:
  --port PORT     TCP port, 0 for any free one (default: ${DEFAULT_PORT})
  --host HOST     address to listen on (default: 127.0.0.1, so that only this machine can reach it)
  --push-url URL  push the events of calls there: https, or http on this machine (default: nowhere)
  --json          print one line of JSON with addresses and credentials, then nothing more
  -h, --help      show this help
  -v, --version   show the version

Examples:
  npx sipgate-sandbox
      Start it, see what to dial, and watch requests and calls as they happen.
  npx sipgate-sandbox --port 0 --json
      Start it for a script, which reads the first line and connects to its baseUrl.
  npx sipgate-sandbox --push-url http://127.0.0.1:3000/events
      Have a program of yours told of calls, as by sipgate's Push API.
  npx sipgate-sandbox --host 0.0.0.0 --port 9000
      Let other machines in. Its tokens are public: do so in a network you trust.

It stops on Ctrl+C. All tokens, callers and numbers: docs/sandbox.md
`;

/** The line for scripts: the default classic account, neo's, and what signing in takes. */
export function jsonLine({ classic, neo, loginUrl, client, logins }: Sandbox): string {
  return `${JSON.stringify({ ...classic, neo, loginUrl, client, logins })}\n`;
}

/** What a person sees when the sandbox has started. */
export function welcome(sandbox: Sandbox): string {
  const { baseUrl, classic, neo, loginUrl, client } = sandbox;
  return `A sipgate on your own machine: ${baseUrl}

Credentials (HTTP Basic)
  classic  ${classic.tokenId}  ${classic.token}
  neo      ${neo.tokenId}  ${neo.token}
  ${sandbox.accounts.length - 2} more, each for one situation: see docs/sandbox.md

Signing in (OAuth)
  login   ${loginUrl}
  client  ${client.clientId}  ${client.clientSecret}
${rows(sandbox.logins.map(({ username, password }) => ["user  ", `${username}  ${password}`]))}

Numbers to dial
${rows(callees.map(({ number, outcome }) => [number, outcome]))}

Phones to call from, on classic
${callerRows("classic")}

On neo
${callerRows("neo")}

Try it
  SIPGATE_BASE_URL=${baseUrl} SIPGATE_TOKEN_ID=${classic.tokenId} SIPGATE_TOKEN=${classic.token} \\
    npx sipgate-call ${callees[0]?.number} --caller e0

Ctrl+C stops it. Requests and calls:
`;
}

export function openWarning(host: string): string {
  return `Warning: ${host} isn't a loopback address. Whoever can reach this machine can use the sandbox: its tokens are public.\n`;
}

function callerRows(platform: Platform): string {
  return rows(
    callers
      .filter((caller) => caller.platform === platform)
      .map(({ id, behaviourText }) => [id, behaviourText]),
  );
}

function rows(cells: readonly (readonly [string, string])[]): string {
  return cells.map(([left, right]) => `  ${left}  ${right}`).join("\n");
}
