import {
  type CallSnapshot,
  createSandbox,
  type DocumentedToken,
  type Sandbox,
  type SandboxOptions,
} from "sipgate-sandbox";
import { onTestFinished } from "vitest";

/** Starts a sandbox on a manual clock. It's closed after the test. */
export async function startSandbox(options: Omit<SandboxOptions, "clock"> = {}): Promise<Sandbox> {
  const sandbox = await createSandbox({ clock: "manual", ...options });
  onTestFinished(() => sandbox.close());
  return sandbox;
}

export interface Answer {
  status: number;
  headers: Headers;
  text: string;
  /** Empty unless the response is JSON. */
  json: Record<string, unknown>;
}

export type Client = (method: string, path: string, body?: unknown) => Promise<Answer>;

/** A client with the credentials of the documented token `name`. */
export function clientFor(sandbox: Sandbox, name: string): Client {
  const authorization = authorizationOf(tokenNamed(sandbox, name));
  return (method, path, body) =>
    send(`${sandbox.baseUrl}${path}`, {
      method,
      headers: { authorization, ...(body === undefined ? {} : { "content-type": "application/json" }) },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
}

export async function send(url: string, init: RequestInit): Promise<Answer> {
  const response = await fetch(url, init);
  const text = await response.text();
  const isJson = response.headers.get("content-type") === "application/json";
  return {
    status: response.status,
    headers: response.headers,
    text,
    json: isJson ? (JSON.parse(text) as Record<string, unknown>) : {},
  };
}

export function tokenNamed(sandbox: Sandbox, name: string): DocumentedToken {
  const token = sandbox.accounts.find((account) => account.name === name);
  if (token === undefined) throw new Error(`no token is named ${name}`);
  return token;
}

export function authorizationOf({ tokenId, token }: { tokenId: string | undefined; token: string }): string {
  return tokenId === undefined
    ? `Bearer ${token}`
    : `Basic ${Buffer.from(`${tokenId}:${token}`).toString("base64")}`;
}

/** The number of the Berlin film range with these last three digits. */
export const berlin = (digits: string): string => `+493023125${digits}`;

/** Places a call on classic. Returns its id. */
export async function placeClassic(client: Client, callee: string, caller = "e0"): Promise<string> {
  const answer = await client("POST", "/sessions/calls", { caller, callee });
  if (answer.status !== 200) throw new Error(`placing failed: ${answer.status} ${answer.text}`);
  return String(answer.json.sessionId);
}

/** The only call there is. */
export function onlyCall(sandbox: Sandbox): CallSnapshot {
  const [call, ...others] = sandbox.calls;
  if (call === undefined || others.length > 0) throw new Error(`there are ${sandbox.calls.length} calls`);
  return call;
}

/** `state@seconds` since the call was placed, for each of its states. */
export function course(call: CallSnapshot): string[] {
  return call.states.map(({ state, at }) => `${state}@${(at.getTime() - call.placedAt.getTime()) / 1_000}`);
}

/** The error in a response. */
export function errorOf({ json }: Answer): {
  status: number;
  title: string;
  detail: string;
  source?: { pointer: string };
} {
  const [error] = json.errors as ReturnType<typeof errorOf>[];
  if (error === undefined) throw new Error("the answer holds no error");
  return error;
}
