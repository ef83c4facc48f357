// A name server that counts what it's asked, and processes that have no other one.
import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { randomInt } from "node:crypto";
import { createSocket } from "node:dgram";
import { once } from "node:events";
import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";

/** An address of this machine that nobody else has: the port can't be chosen. */
const ADDRESS = `127.53.${randomInt(256)}.${randomInt(1, 255)}`;

/** For root on Linux: a process sees another /etc/resolv.conf, and nobody else does. */
const UNSHARE = ["--mount", "--fork", "--kill-child"];
export const canReplaceNameServer =
  process.platform === "linux" && spawnSync("unshare", [...UNSHARE, "true"]).status === 0;

/** Says of each name that there is none. */
export async function startNameServer(): Promise<{ readonly asked: string[] }> {
  const asked: string[] = [];
  const socket = createSocket("udp4");
  socket.on("message", (query, { port, address }) => {
    asked.push(nameIn(query));
    const response = Buffer.from(query);
    response.writeUInt16BE(0x8183, 2);
    socket.send(response, port, address);
  });
  socket.bind(53, ADDRESS);
  await once(socket, "listening");
  onTestFinished(() => void socket.close());
  return { asked };
}

/** Runs Node with this name server only. It's stopped after the test. */
export function runNode(...args: string[]): ChildProcess {
  const file = join(mkdtempSync(join(tmpdir(), "sandbox-names-")), "resolv.conf");
  writeFileSync(file, `nameserver ${ADDRESS}\noptions timeout:1 attempts:1\n`);
  const script = 'mount --bind "$0" /etc/resolv.conf && exec "$@"';
  const child = spawn("unshare", [...UNSHARE, "sh", "-c", script, file, process.execPath, ...args], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  onTestFinished(async () => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    child.kill("SIGKILL");
    await once(child, "exit");
  });
  return child;
}

/** The name that a query (RFC 1035) is about. */
function nameIn(query: Buffer): string {
  const labels: string[] = [];
  for (let at = 12; (query[at] ?? 0) > 0; at += (query[at] ?? 0) + 1)
    labels.push(query.toString("latin1", at + 1, at + 1 + (query[at] ?? 0)));
  return labels.join(".");
}
