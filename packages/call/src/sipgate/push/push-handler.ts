// Takes the events that sipgate's Push API posts, under any web server: raw body and headers in, response
// out.
import type { Clock } from "../../call/clock.js";
import { InvalidSettingsError, type Problem } from "../../call/errors.js";
import type { PushInlet } from "../../call/follow/pushed-event.js";
import { unknownNames } from "../../call/options.js";
import { webCrypto } from "../../call/web-crypto.js";
import { isLoopback } from "../hosts.js";
import { decodePush, OTHER_EVENT } from "./push-body.js";
import { createVerify } from "./push-signature.js";

/**
 * Options of `createPushHandler`. Source: sipgate's documentation of its Push API and its official library. Whether neo
 * signs its events is reported both ways.
 */
export interface PushOptions {
  /**
   * The URL at which sipgate reaches this handler; sipgate is told to push answers and hangups there. https;
   * plain http is allowed to this machine only. Set the same URL as the outgoing one at
   * https://console.sipgate.com/webhooks/urls.
   */
  readonly url: string;
  /**
   * The key that events are signed with, PEM (SPKI). A sandbox has one of its own.
   *
   * @default sipgate's own, as in its official library
   */
  readonly publicKey?: string | undefined;
}

/** A request as it came. */
export interface PushRequest {
  /** Names in any case. */
  readonly headers: Headers | Readonly<Record<string, string | readonly string[] | undefined>>;
  /** As it was sent, before anything has parsed it: the signature is over these bytes. */
  readonly body: string | Uint8Array;
}

/** The response to send, soon: a slow one delays the call. Source: sipgate's documentation of its Push API. */
export interface PushResponse {
  /** HTTP status: 200, or 400, 403, 409 or 413 for what was refused. */
  readonly status: number;
  /** With `content-type`. Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  /** XML that asks for further events, or why the request was refused, as text. */
  readonly body: string;
}

/** How many requests were accepted, and how many were refused and why. */
export interface PushCounts {
  /** Signed events that are new. */
  readonly accepted: number;
  /** Without a signature, or with one that doesn't match `publicKey`. */
  readonly forged: number;
  /** Signed, and accepted before. */
  readonly replayed: number;
  /** Signed, but no event; or longer than any. */
  readonly malformed: number;
}

/** Takes the events that sipgate pushes, under any web server. */
export interface PushHandler {
  /**
   * Checks a request, hands its event to the calls that are being followed, and gives the response to send.
   *
   * @throws nothing: it never rejects
   * @example
   * ```ts
   * import { createClient } from "sipgate-call";
   *
   * const client = createClient({ credentials: { tokenId: "token-ABC123", token: process.env.SIPGATE_TOKEN ?? "" } });
   * const handler = await client.createPushHandler({ url: "https://example.com/sipgate" });
   * const { status } = await handler.handle({ headers: {}, body: "event=newCall" });
   * console.log(status); // 403: nobody has signed it
   * ```
   */
  handle(request: PushRequest): Promise<PushResponse>;
  /** How many requests came until now. */
  readonly counts: PushCounts;
}

const OPTIONS = ["url", "publicKey"];
const LONGEST_BODY = 64 * 1024;

/** @throws InvalidSettingsError naming everything that's wrong with the options */
export async function createPushHandler(
  clock: Clock,
  inlet: PushInlet,
  options: PushOptions,
): Promise<PushHandler> {
  const verify = await createVerify(options?.publicKey);
  const problems = [
    ...(typeof options === "object" && options !== null ? unknownNames(options, OPTIONS) : []),
    ...urlProblems(options?.url),
    ...(verify === undefined ? [noPublicKey()] : []),
  ];
  if (verify === undefined || problems.length > 0) throw new InvalidSettingsError(problems);
  const subscription = subscriptionTo(new URL(options.url).href);
  const counts = { accepted: 0, forged: 0, replayed: 0, malformed: 0 };

  const refuse = (why: Exclude<keyof PushCounts, "accepted">, status: number, text: string) => {
    counts[why] += 1;
    return { status, headers: { "content-type": "text/plain; charset=utf-8" }, body: text };
  };

  const taken = async ({ headers, body }: PushRequest) => {
    // Checked before it's copied and after: a character may be several bytes.
    const bytes = body.length > LONGEST_BODY ? undefined : bytesOf(body);
    if (bytes === undefined || bytes.length > LONGEST_BODY)
      return refuse("malformed", 413, "Too long for an event.");
    if (!(await verify(bytes, signatureIn(headers)))) {
      return refuse("forged", 403, "The signature isn't sipgate's.");
    }
    const event = decodePush(new TextDecoder().decode(bytes), clock.monotonicMs());
    if (event === undefined) return refuse("malformed", 400, "No event.");
    // The same key may be pressed twice, and says nothing here.
    if (event !== OTHER_EVENT && !inlet.push(event, await digestOf(bytes))) {
      return refuse("replayed", 409, "This event was taken before.");
    }
    counts.accepted += 1;
    return xml(event !== OTHER_EVENT && event.kind === "new-call" ? subscription : "<Response/>");
  };

  return {
    get counts() {
      return { ...counts };
    },
    async handle(request) {
      try {
        return isParsed(request) ? refuse("malformed", 400, RAW_BODY) : await taken(request);
      } catch {
        return refuse("malformed", 400, "No request."); // Invalid headers or an invalid body.
      }
    },
  };
}

const RAW_BODY =
  'The raw body is needed, as text or bytes, because the signature is over it. What came is parsed already, or nothing has read it. In Express, give this route express.raw({ type: "*/*" }), and let it come before express.json() and express.urlencoded().';

/** Whether it's neither text nor bytes: a framework has made something else of it, or nothing has read it. */
function isParsed({ body }: { readonly body: unknown }): boolean {
  return typeof body !== "string" && !ArrayBuffer.isView(body);
}

function bytesOf(body: string | Uint8Array): Uint8Array<ArrayBuffer> {
  return typeof body === "string" ? new TextEncoder().encode(body) : Uint8Array.from(body);
}

/** Half of it is enough: nobody but sipgate can sign an event that collides with another. */
async function digestOf(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  const digest = await webCrypto().subtle.digest("SHA-256", bytes);
  return String.fromCharCode(...new Uint16Array(digest, 0, 8));
}

function signatureIn(headers: PushRequest["headers"]): string | undefined {
  if (headers instanceof Headers) return headers.get("x-sipgate-signature") ?? undefined;
  const values = Object.entries(headers)
    .filter(([name]) => name.toLowerCase() === "x-sipgate-signature")
    .flatMap(([, value]) => value ?? []);
  return values.length === 1 ? values[0] : undefined;
}

/** What keeps sipgate from pushing to a URL. */
export function urlProblems(text: unknown): Problem[] {
  const url = typeof text === "string" && URL.canParse(text) ? new URL(text) : undefined;
  if (url?.protocol === "https:" || (url?.protocol === "http:" && isLoopback(url.hostname))) return [];
  const remedy =
    "Give the URL under which sipgate reaches this handler, such as https://example.com/sipgate.";
  return [{ field: "url", code: "invalid", message: "It isn't an https URL.", remedy }];
}

function noPublicKey(): Problem {
  const remedy = "Give a key that begins with -----BEGIN PUBLIC KEY-----, or none for sipgate's own.";
  return { field: "publicKey", code: "invalid", message: "It isn't an RSA public key.", remedy };
}

/** Asks for the events that sipgate pushes only on demand. */
function subscriptionTo(url: string): string {
  const escaped = url.replaceAll("&", "&amp;").replaceAll('"', "&quot;").replaceAll("<", "&lt;");
  return `<Response onAnswer="${escaped}" onHangup="${escaped}"/>`;
}

function xml(response: string): PushResponse {
  return {
    status: 200,
    headers: { "content-type": "application/xml; charset=utf-8" },
    body: `<?xml version="1.0" encoding="UTF-8"?>\n${response}\n`,
  };
}
