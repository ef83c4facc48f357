import { ACCOUNTS } from "../accounts/accounts.js";
import { callees, callers } from "../catalog.js";
import { DEFAULT_KEEP } from "../options.js";
import { sipAddressesOf } from "../phones/sip-addresses.js";
import { sipCredentialsOf } from "../phones/sip-credentials.js";
import type { Sandbox } from "../sandbox.js";
import type { Platform } from "../switch/call.js";
import { DEFAULT_PORT, DEFAULT_SIP_PORT } from "./arguments.js";

/** npm sets this variable for the programs that it runs: there the commands aren't on the path. */
const NPX = process.env.npm_command === undefined ? "" : "npx ";

export const HELP = `A sipgate on your own machine: the REST API, the login and simulated phones. No real phone rings, and no call costs anything.

Usage: sipgate-sandbox [options]

Options:
  --port PORT     TCP port; 0: any free one (default: ${DEFAULT_PORT})
  --host HOST     address to listen on (default: 127.0.0.1, which only this machine can reach)
  --allow-host NAME
                  another name that the sandbox is reached by, such as a container's; may be repeated
  --cors ORIGIN   pages that may use the sandbox besides those of this machine; may be repeated
  --push-url URL  where to push the events of calls: https, or http on this machine (default: nowhere)
  --phones        let SIP phones and browsers register, ring and talk: docs/phones.md
  --sip-port PORT TCP port for SIP; 0: any free one (default: ${DEFAULT_SIP_PORT}). Needs --phones
  --callee NUMBER=DEVICE
                  ring a registered phone for a number to dial; may be repeated. Needs --phones
  --sip-trace     print each SIP message to stderr, without what is secret. Needs --phones
  --strict        refuse unknown fields of a request's body
  --keep NUMBER   how many calls, requests and pushes to keep, the newest (default: ${DEFAULT_KEEP})
  --json          print one line of JSON with addresses and credentials, and no log
  -h, --help      show this help
  -v, --version   show the version

Examples:
  ${NPX}sipgate-sandbox
      Start it, see which numbers to dial, and watch requests and calls.
  ${NPX}sipgate-sandbox --port 0 --json
      Start it for a script, which reads baseUrl from the first line.
  ${NPX}sipgate-sandbox --phones --callee +493023125010=e7
      Talk to yourself: register one phone as e0, another as e7, and call that number.
  ${NPX}sipgate-sandbox --push-url http://127.0.0.1:3000/events
      Push the events of calls to your program, as sipgate's Push API does.
  ${NPX}sipgate-sandbox --cors https://app.example
      Let the pages of your web application use it from a browser.
  ${NPX}sipgate-sandbox --host 0.0.0.0 --port 9000
      Let other machines connect. The tokens are public: do this only in a network you trust.

Ctrl+C stops it. All tokens, callers and numbers: docs/sandbox.md
`;

/** The line for scripts: the default accounts, what it takes to sign in, and where phones register. */
export function jsonLine({ classic, neo, loginUrl, client, logins, sipServer }: Sandbox): string {
  return `${JSON.stringify({ ...classic, neo, loginUrl, client, logins, sipServer })}\n`;
}

/**
 * What a person sees when the sandbox has started.
 *
 * @param ringing devices that are rung for numbers
 */
export function welcome(sandbox: Sandbox, ringing: Readonly<Record<string, string>> = {}): string {
  const { baseUrl, classic, neo, loginUrl, client, sipServer } = sandbox;
  return `A sipgate on your own machine: ${baseUrl}

Credentials (HTTP Basic)
  classic  ${classic.tokenId}  ${classic.token}
  neo      ${neo.tokenId}  ${neo.token}
  ${sandbox.accounts.length - 2} more, each for one case: see docs/sandbox.md

Signing in (OAuth)
  login   ${loginUrl}
  client  ${client.clientId}  ${client.clientSecret}
${rows(sandbox.logins.map(({ username, password }) => ["user  ", `${username}  ${password}`]))}

${sipServer === undefined ? "" : phonesText(sipServer, loginUrl, Object.values(ringing))}Numbers to dial
${rows([
  ...Object.entries(ringing).map(([number, deviceId]) => [number, `rings ${deviceId}`] as const),
  ...callees.map(({ number, outcome }) => [number, outcome] as const),
])}

Phones to call from, on classic${sipServer === undefined ? "" : " (where none is registered)"}
${callerRows("classic")}

On neo
${callerRows("neo")}

Try it
  SIPGATE_BASE_URL=${baseUrl} SIPGATE_TOKEN_ID=${classic.tokenId} SIPGATE_TOKEN=${classic.token} \\
    ${NPX}sipgate-call ${callees[0]?.number} --caller e0

Ctrl+C stops it. Requests and calls:
`;
}

/** How to register a phone. UDP, which many phones take by default, has to be changed. */
function phonesText(sipServer: string, origin: string, ringing: readonly string[]): string {
  const accounts = [...new Set(["e0", ...ringing])].map((deviceId) => {
    const { username, password } = sipCredentialsOf(ACCOUNTS.classic, deviceId);
    return [deviceId.padEnd(8), `${username}  ${password}`] as const;
  });
  return `Phones (SIP over TCP: set the phone's transport to TCP, it isn't its default)
  server    ${sipServer}
${rows(accounts)}
  browsers  ${sipAddressesOf({ sipServer }, origin).sipServerWebsocketUrl}
  others    GET /v2/w0/devices

`;
}

export function openWarning(host: string): string {
  return `Warning: ${host} isn't a loopback address. Everybody who can reach this machine can use the sandbox: its tokens are public. By a name they reach it only with --allow-host NAME.\n`;
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
