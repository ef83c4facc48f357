// Requests to the dialer's own server.
import { signal } from "@preact/signals";
import type { WireProblem } from "../../wire/wire.js";
import { readSetting, writeSetting } from "./settings.js";

/** Whether the server lets this page in, and whether it is there. */
export const access = signal<"starting" | "in" | "locked" | "gone">("starting");

/** The server has refused something, or it is gone. */
export class RequestFailed extends Error {
  readonly problem: WireProblem;
  constructor(problem: WireProblem) {
    super(problem.message);
    this.problem = problem;
  }
}

const GONE: WireProblem = { code: "dialer-gone", message: "", remedy: "", placed: "unknown" };

export const headers = (): Record<string, string> => ({ "x-dialer-token": readSetting("token") ?? "" });

/** Trades the code in the page's address for a session. The code works once, so it goes from the address. */
export async function signInWithCode(code: string): Promise<void> {
  const response = await fetch("/api/session", json("POST", { code })).catch(() => undefined);
  if (response?.ok !== true) return;
  const { token } = await response.json();
  if (typeof token === "string") writeSetting("token", token);
}

export const get = <T>(path: string): Promise<T> => request<T>(path, { headers: headers() });
export const post = <T>(path: string, body: object): Promise<T> => request<T>(path, json("POST", body));

function json(method: string, body: object): RequestInit {
  return {
    method,
    headers: { ...headers(), "content-type": "application/json" },
    body: JSON.stringify(body),
  };
}

/** @throws RequestFailed */
async function request<T>(path: string, init: RequestInit): Promise<T> {
  const response = await fetch(path, init).catch(() => undefined);
  if (response === undefined) throw new RequestFailed(GONE);
  if (response.status === 401) access.value = "locked";
  const answer = await response.json().catch(() => ({}));
  if (response.ok) return answer;
  const message = typeof answer.message === "string" ? answer.message : "";
  throw new RequestFailed(answer.problem ?? { code: "invalid-request", message, remedy: "", placed: "no" });
}
