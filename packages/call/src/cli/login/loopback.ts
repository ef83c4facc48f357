// A web server on this machine that the browser is redirected to, for one response.
import { createServer, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { InvalidSettingsError } from "../../call/errors.js";
import { urlOf } from "../../sipgate/http/urls.js";
import { ANSWERED_BEFORE, NOT_THIS_ATTEMPT, NOTHING_HERE, type Page, pageText } from "./pages.js";

export interface Loopback {
  readonly redirectUri: string;
  /**
   * The query of the first request to the redirect address that has this state. Any page can send the browser here, so
   * requests with another state, or with none, are refused and change nothing.
   */
  answerTo(state: string): Promise<URLSearchParams>;
  /** Shows the result in the waiting browser, and stops the server. */
  end(page: Page): Promise<void>;
}

const CALLBACK = "/callback";
/** The page with the result, so the code disappears from the browser's address bar. */
const RESULT = "/result";
/** Milliseconds to wait for the browser to fetch the page. */
const PAGE_WAIT_MS = 3_000;

/** @throws InvalidSettingsError if the port can't be listened on */
export async function listenForAnswer(port: number): Promise<Loopback> {
  let waiting: ServerResponse | undefined;
  let expected: string | undefined;
  let result: Page = NOTHING_HERE;
  let isShown = () => {};
  let isAnswered: (query: URLSearchParams) => void = () => {};
  const answer = new Promise<URLSearchParams>((resolve) => {
    isAnswered = resolve;
  });
  const server = createServer((request, response) => {
    const { host = "", origin } = request.headers;
    const own = `127.0.0.1:${(server.address() as AddressInfo).port}`;
    const url = urlOf(`http://${own}${request.url}`);
    // A page elsewhere that has had its name resolved to this machine; or a script of a page.
    if (url?.host !== own || host !== own || (origin !== undefined && origin !== `http://${own}`))
      return send(response, NOT_THIS_ATTEMPT);
    const { pathname, searchParams } = url;
    if (request.method !== "GET" || (pathname !== CALLBACK && pathname !== RESULT)) {
      return send(response, NOTHING_HERE);
    }
    if (pathname === RESULT) {
      response.once("close", () => isShown());
      return send(response, result);
    }
    if (expected === undefined || searchParams.get("state") !== expected)
      return send(response, NOT_THIS_ATTEMPT);
    if (waiting !== undefined) return send(response, ANSWERED_BEFORE);
    waiting = response;
    isAnswered(searchParams);
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", (error: NodeJS.ErrnoException) => reject(cannotListen(port, error.code)));
    server.listen(port, "127.0.0.1", resolve);
  });
  return {
    redirectUri: `http://127.0.0.1:${(server.address() as AddressInfo).port}${CALLBACK}`,
    answerTo(state) {
      expected = state;
      return answer;
    },
    async end(page) {
      result = page;
      if (waiting !== undefined && !waiting.destroyed) {
        const shown = new Promise<void>((resolve) => {
          isShown = resolve;
          setTimeout(resolve, PAGE_WAIT_MS).unref();
        });
        waiting.writeHead(303, { location: RESULT, "cache-control": "no-store" }).end();
        await shown;
      }
      server.close();
      server.closeAllConnections();
    },
  };
}

function send(response: ServerResponse, page: Page): void {
  response.writeHead(page.status, {
    "content-type": "text/html; charset=utf-8",
    "cache-control": "no-store",
    "content-security-policy": "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'",
    "referrer-policy": "no-referrer",
  });
  response.end(pageText(page));
}

function cannotListen(port: number, code = "unknown"): InvalidSettingsError {
  const message = `Port ${port} can't be listened on (${code}).`;
  const remedy = "Use another port, or leave it out to use any free one.";
  return new InvalidSettingsError([{ field: "SIPGATE_REDIRECT_PORT", code: "in-use", message, remedy }]);
}
