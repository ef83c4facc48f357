import type { IncomingMessage } from "node:http";
import { RECORDING_PATH } from "../assumptions.js";
import { escaped, pageResponse } from "../http/page.js";
import type { HttpResponse } from "../http/response.js";
import { authorityOf, splitTarget } from "../http/target.js";
import type { InspectedMessage, Inspector } from "../phones/inspector.js";
import type { Recordings } from "../recordings/recordings.js";
import type { Call } from "../switch/call.js";
import type { Leg } from "../switch/leg.js";
import { clockTime, ladder } from "./ladder.js";
import { table } from "./table.js";
import { waveform } from "./waveform.js";

/** What the page of one call shows. */
export interface CallPageContext {
  find(callId: string): Call | undefined;
  /** `undefined` in a sandbox without registered phones. */
  readonly inspector: Inspector | undefined;
  readonly recordings: Recordings;
}

const PATH = /^\/calls\/([\w-]{1,400})$/;

export function callPagePath(callId: string): string {
  return `/calls/${callId}`;
}

export function asksForCallPage({ method, url = "/" }: IncomingMessage): boolean {
  const isRead = method === "GET" || method === "HEAD";
  return isRead && authorityOf(url) === undefined && PATH.test(splitTarget(url).path);
}

/** What a person sees of one call: both legs, how the audio arrives, and the SIP messages. */
export function callPage(url: string, { find, inspector, recordings }: CallPageContext): HttpResponse {
  const call = find(PATH.exec(splitTarget(url).path)?.[1] ?? "");
  if (call === undefined) {
    return pageResponse({
      status: 404,
      title: "No such call",
      content: "<p>There is no such call, or no longer.</p>",
    });
  }
  const messages = inspector?.messagesOf(call.id) ?? [];
  return pageResponse({
    title: "A call - sipgate-sandbox",
    isWide: true,
    content: `<p><a href="/">sipgate-sandbox</a></p>
<h1>${escaped(call.caller)} calls ${escaped(call.callee)}</h1>
<p>${escaped(stateOf(call))}. Reload the page to see what is new.</p>
${originOf(call)}<h2>Legs</h2>
${table(["Leg", "Number", "Phones", "State", "Rings", "Answered", "By", "Pressed"], [call.callerLeg, call.calleeLeg].map(legRow), "")}
<h2>Audio that has arrived</h2>
${table(["Phone", "Kind", "Packets", "Lost", "Jitter"], audioRows(call, inspector), "No registered phone takes part.")}
${recordingsOf(call, recordings)}
<h2>SIP</h2>
${messages.length === 0 ? "<p>No SIP message belongs to this call.</p>" : `<pre>${escaped(ladder(messages))}</pre>\n${messages.map(wholeMessage).join("\n")}`}`,
  });
}

function wholeMessage({ at, title, direction, extension, text }: InspectedMessage): string {
  const summary = `${clockTime(at)} ${title} ${direction === "sent" ? "to" : "from"} ${extension}`;
  return `<details><summary>${escaped(summary)}</summary><pre>${escaped(text)}</pre></details>`;
}

/** Where a call leads back to that a transfer has made. */
function originOf({ id, originalId }: Call): string {
  if (id === originalId) return "";
  return `<p>It comes from <a href="${callPagePath(originalId)}">another call</a>, by a transfer.</p>\n`;
}

function stateOf({ state, end }: Call): string {
  return end === undefined ? `State: ${state.replace("-", " ")}` : `Ended: ${end.cause}, by the ${end.party}`;
}

/** One leg of a call as a row. */
function legRow(leg: Leg): string[] {
  return [
    leg.party,
    leg.number,
    [...new Set(leg.phones.map(({ id, isRegistered }) => (isRegistered ? `${id} (registered)` : id)))].join(
      ", ",
    ),
    leg.state,
    timeOf(leg.ringingAt),
    timeOf(leg.answeredAt),
    leg.answeredBy?.id ?? "",
    leg.pressed.join(""),
  ];
}

function audioRows({ id }: Call, inspector: Inspector | undefined): string[][] {
  return (inspector?.audioOf(id) ?? []).map(({ extension, kind, received, lost, jitterMs }) => [
    extension,
    kind,
    String(received),
    String(lost),
    `${jitterMs.toFixed(1)} ms`,
  ]);
}

/** Their loudness alone: to hear them takes a token of the account. */
function recordingsOf(call: Call, recordings: Recordings): string {
  const found = call.recordings.flatMap((id) => recordings.find(id, call) ?? []);
  if (found.length === 0) return "";
  const drawings = found.map(
    ({ id, wav }) => `<p><code>GET ${RECORDING_PATH}/${id}</code></p>\n${waveform(wav)}`,
  );
  return `<h2>Recordings</h2>\n<p>To hear them takes a token of the account.</p>\n${drawings.join("\n")}`;
}

function timeOf(time: number | undefined): string {
  return time === undefined ? "" : clockTime(time);
}
