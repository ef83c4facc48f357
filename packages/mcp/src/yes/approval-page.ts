// A page on this machine that shows a plan and has one button. Its address holds a secret that only the person's browser
// gets: it's in no answer of a tool. The button works once, and only from the page itself.
import { randomBytes, timingSafeEqual } from "node:crypto";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { approvalHtml, endHtml } from "./approval-html.js";

export interface ApprovalPage {
  readonly url: string;
  /** Resolves once, to whether the button was pressed before the page was closed. */
  readonly pressed: Promise<boolean>;
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

/** @param validMs after which the page closes */
export async function openApprovalPage(points: readonly string[], validMs: number): Promise<ApprovalPage> {
  const secret = randomBytes(32).toString("base64url");
  let settle: (pressed: boolean) => void = () => {};
  const pressed = new Promise<boolean>((resolve) => {
    settle = resolve;
  });
  const server = createServer((request, response) => {
    const { port } = server.address() as AddressInfo;
    const verdict = judgeRequest(request, secret, `127.0.0.1:${port}`);
    if (verdict === "show") return send(response, 200, approvalHtml(points));
    if (verdict !== "press") return send(response, verdict, endHtml("There is nothing here."));
    send(response, 200, endHtml("You said yes. You can close this window."));
    end(true);
  });
  const end = (isPressed: boolean) => {
    clearTimeout(timer);
    server.close();
    settle(isPressed);
  };
  const timer = setTimeout(() => end(false), validMs);
  timer.unref();
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(0, "127.0.0.1", resolve);
  });
  server.unref();
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}/${secret}`, pressed, close: () => end(false) };
}

/** @returns what to do, or the status of a refusal */
function judgeRequest({ method, url, headers }: IncomingMessage, secret: string, host: string) {
  if (headers.host !== host) return 403;
  if (headers.origin !== undefined && headers.origin !== `http://${host}`) return 403;
  if (!isSame(url ?? "", `/${secret}`)) return 404;
  if (method === "GET") return "show";
  // Browsers name the page that a form was sent from.
  return method === "POST" && headers.origin !== undefined ? "press" : 403;
}

function isSame(given: string, expected: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(expected)];
  return a.length === b.length && timingSafeEqual(a, b);
}

function send(response: ServerResponse, status: number, html: string): void {
  response.writeHead(status, { ...HEADERS, connection: "close" }).end(html);
}
