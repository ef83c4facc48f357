// What the command line says.
import { describedCallees } from "./phones/callees.js";
import type { Sandbox } from "./sandbox.js";

export const HELP = `A sipgate on your own machine: API and simulated phones. No real phone rings, nothing is charged.

Usage: sipgate-sandbox [options]

  --port PORT  where to listen (default: 8642; 0 takes a free one)
  --host HOST  address to listen on (default: 127.0.0.1, only this machine)
  --json       print one JSON object with baseUrl, tokenId, token and neo, and nothing else
  --version    print the version

Examples:
  sipgate-sandbox
      start it, and see what to dial
  sipgate-sandbox --port 0 --json
      start it for a script, which reads where it is from the first line`;

export function introduction({ baseUrl, classic, neo }: Sandbox): string {
  return [
    `The sandbox is at ${baseUrl}. No real phone rings, nothing is charged. Ctrl-C stops it.`,
    "",
    `  classic account  ${classic.tokenId}  ${classic.token}`,
    `  neo account      ${neo.tokenId}  ${neo.token}`,
    "",
    "Place a call in it:",
    `  SIPGATE_BASE_URL=${baseUrl} SIPGATE_TOKEN_ID=${classic.tokenId} SIPGATE_TOKEN=${classic.token} npx sipgate-call +493023125000 --caller e0`,
    "",
    "Who answers:",
    ...describedCallees().map(({ number, what }) => `  ${number}  ${what}`),
    "",
    "More accounts, phones and what is faithful: docs/sandbox.md",
    "",
  ].join("\n");
}
