// A page on this machine that shows a plan and has two buttons. Its address holds a secret that only the person's browser
// gets: no tool returns it. One button works, once, and only from the page itself.
import { randomBytes, timingSafeEqual } from "node:crypto";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { approvalHtml, endHtml } from "./approval-html.js";

export interface ApprovalPage {
  readonly url: string;
  /** Resolves once: undefined if the page was closed before a button was pressed. */
  readonly answer: Promise<"yes" | "no" | undefined>;
  close(): void;
}

const HEADERS = {
  "content-type": "text/html; charset=utf-8",
  "cache-control": "no-store",
  "content-security-policy":
    "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'",
  // With "no-referrer" the browser would send no Origin that can be checked.
  "referrer-policy": "same-origin",
  "x-content-type-options": "nosniff",
};

/** What the path of a no ends with. */
const NO = "/no";

export interface ApprovalPageOptions {
  readonly points: readonly string[];
  /** After which the page closes. */
  readonly validMs: number;
  /** Notes an answer. @returns the one that counts: the first; undefined if it's too late */
  note(answer: "yes" | "no"): "yes" | "no" | undefined;
  /** Called once the person sees the page. */
  onShown(): void;
}

export async function openApprovalPage(options: ApprovalPageOptions): Promise<ApprovalPage> {
  const { points, validMs, note, onShown } = options;
  const secret = randomBytes(32).toString("base64url");
  let settle: (answer: "yes" | "no" | undefined) => void = () => {};
  const answer = new Promise<"yes" | "no" | undefined>((resolve) => {
    settle = resolve;
  });
  const server = createServer((request, response) => {
    const { port } = server.address() as AddressInfo;
    const verdict = judgeRequest(request, secret, `127.0.0.1:${port}`);
    if (verdict === "show") {
      onShown();
      return send(response, 200, approvalHtml(points, `/${secret}${NO}`));
    }
    if (typeof verdict === "number") return send(response, verdict, endHtml("There is nothing here."));
    const counts = note(verdict);
    send(response, 200, endHtml(`${answerInWords(verdict, counts)} You can close this window.`));
    end(counts);
  });
  const end = (given: "yes" | "no" | undefined) => {
    clearTimeout(timer);
    server.close();
    settle(given);
  };
  const timer = setTimeout(() => end(undefined), validMs);
  timer.unref();
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(0, "127.0.0.1", resolve);
  });
  server.unref();
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}/${secret}`, answer, close: () => end(undefined) };
}

function answerInWords(verdict: "yes" | "no", counts: "yes" | "no" | undefined): string {
  if (counts === undefined) return "That was too late: nothing is done.";
  return counts === verdict ? `You said ${verdict}.` : `You said ${counts} to this before: that counts.`;
}

/** @returns what to do, or the status of a refusal */
function judgeRequest({ method, url, headers }: IncomingMessage, secret: string, host: string) {
  if (headers.host !== host) return 403;
  if (headers.origin !== undefined && headers.origin !== `http://${host}`) return 403;
  const isNo = isSame(url ?? "", `/${secret}${NO}`);
  if (!isNo && !isSame(url ?? "", `/${secret}`)) return 404;
  if (method === "GET") return "show";
  // Browsers name the page that a form was sent from.
  if (method !== "POST" || headers.origin === undefined) return 403;
  return isNo ? "no" : "yes";
}

function isSame(given: string, expected: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(expected)];
  return a.length === b.length && timingSafeEqual(a, b);
}

function send(response: ServerResponse, status: number, html: string): void {
  response.writeHead(status, { ...HEADERS, connection: "close" }).end(html);
}
