// Responses byte by byte, as they come over a connection.
import { connect } from "node:net";
import type { Fault, Sandbox } from "sipgate-sandbox";
import { authorizationOf, startSandbox, tokenNamed } from "./support.js";

/** The request that fails. */
const BALANCE = { method: "GET", path: "/balance" };

/** Sends a request on a new connection. Resolves with all that comes back, and whether the connection was reset. */
export function raw(
  sandbox: Sandbox,
  enough = (_: Buffer) => false,
): Promise<{ bytes: Buffer; reset: boolean }> {
  const authorization = authorizationOf(tokenNamed(sandbox, "classic"));
  return new Promise((resolve) => {
    const socket = connect(Number(new URL(sandbox.baseUrl).port), "127.0.0.1");
    let bytes = Buffer.alloc(0);
    let reset = false;
    socket.on("data", (data) => {
      bytes = Buffer.concat([bytes, data]);
      if (enough(bytes)) socket.destroy();
    });
    socket.on("error", () => {
      reset = true;
    });
    socket.on("close", () => resolve({ bytes, reset }));
    socket.write(
      `GET /v2/balance HTTP/1.1\r\nHost: localhost\r\nAuthorization: ${authorization}\r\nConnection: keep-alive\r\n\r\n`,
    );
  });
}

/** All that comes back on a connection if this fault is injected. */
export async function answered(fault: Fault, enough?: (bytes: Buffer) => boolean): Promise<string> {
  const sandbox = await startSandbox();
  sandbox.faults.add({ ...BALANCE, ...fault });
  const { bytes } = await raw(sandbox, enough);
  return bytes.toString("latin1");
}

/** Whether the body is as long as the head says. */
export function isComplete(bytes: Buffer): boolean {
  const text = bytes.toString("latin1");
  const [, length] = /\r\ncontent-length: (\d+)\r\n/i.exec(text) ?? [];
  return length !== undefined && body(text).length >= Number(length);
}

/** What comes after the head. */
export const body = (answer: string): string => answer.slice(answer.indexOf("\r\n\r\n") + 4);
/** The true response to it. */
export const JSON_BODY = '{"amount":123400,"currency":"EUR"}';
