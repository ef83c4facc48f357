import type { IncomingMessage } from "node:http";
import { callees } from "../catalog.js";
import { pageResponse } from "../http/page.js";
import type { HttpResponse } from "../http/response.js";
import { authorityOf, splitTarget } from "../http/target.js";
import type { LoggedRequest } from "../logged-request.js";
import type { InspectedPhone } from "../phones/inspector.js";
import type { Call } from "../switch/call.js";
import { accountRows, callList, loginRows, operationRows, phoneRows, requestRows } from "./rows.js";
import { table } from "./table.js";

/** What the page shows. */
export interface StartPageContext {
  /** Such as `http://127.0.0.1:8888`. */
  readonly origin: string;
  /** All calls that are kept. */
  calls(): Iterable<Call>;
  /** `undefined` in a sandbox without registered phones. */
  readonly phones: { readonly sipServer: string; registered(): readonly InspectedPhone[] } | undefined;
  /** Oldest first. */
  requests(): readonly LoggedRequest[];
}

const PATH = "/";

/** As a proxy for sipgate the sandbox has no page of its own. */
export function asksForStartPage({ method, url = "/" }: IncomingMessage): boolean {
  const isRead = method === "GET" || method === "HEAD";
  return isRead && authorityOf(url) === undefined && splitTarget(url).path === PATH;
}

/** What a person sees who opens the sandbox in a browser. */
export function startPage({ origin, calls, phones, requests }: StartPageContext): HttpResponse {
  const recent = requests().filter(({ path }) => path !== PATH);
  return pageResponse({
    title: "sipgate-sandbox",
    isWide: true,
    content: `<h1>sipgate-sandbox</h1>
<p class="note">A sipgate on your own machine, for development and tests. ${phones === undefined ? "No real phone rings, and no" : "No"} call costs anything.</p>
<p>API <code>${origin}/v2</code>, login <code>${origin}</code>. Reload the page to see what is new.</p>
${phones === undefined ? "" : phonesSection(phones)}
<h2>Running calls</h2>
${callList(calls(), "running", "No call is running.")}
<details><summary>Calls that have ended</summary>
${callList(calls(), "ended", "No call has ended yet.")}
</details>
<h2>Recent requests</h2>
${table(["At", "Request", "Status"], requestRows(recent), "No request has come in yet.")}
<h2>Accounts</h2>
${table(["Name", "Platform", "Token id", "Token", "Purpose"], accountRows("default"), "")}
<details><summary>All other tokens, each for one case</summary>
${table(["Name", "Platform", "Token id", "Token", "Purpose"], accountRows("other"), "")}
</details>
<details><summary>Who can sign in</summary>
${table(["Username", "Password", "Platform", "User"], loginRows(), "")}
</details>
<details><summary>Numbers to dial</summary>
${table(
  ["Number", "What happens"],
  callees.map(({ number, outcome }) => [number, outcome]),
  "",
)}
</details>
<details><summary>What the API has</summary>
${table(["Method", "Path"], operationRows(), "")}
</details>`,
  });
}

function phonesSection({ sipServer, registered }: NonNullable<StartPageContext["phones"]>): string {
  return `<h2>Phones</h2>
<p>Phones register at <code>${sipServer}</code> by SIP over TCP, browsers by WebSocket. Many phones take UDP by default, which the sandbox doesn't have: set the transport of the account to TCP.</p>
${table(["Account", "Extension", "Phone", "Transport", "Address", "Since"], phoneRows(registered()), "No phone is registered.")}
`;
}
