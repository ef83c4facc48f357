// sipgate-sandbox --phones, as a process.
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:net";
import { fileURLToPath } from "node:url";
import { expect, it, onTestFinished } from "vitest";
import { RawPhone } from "./raw-phone.js";
import { until } from "./until.js";

const CLI = fileURLToPath(new URL("../../sandbox/dist/cli.cjs", import.meta.url));

function run(...args: string[]): { child: ChildProcess; out: () => string; err: () => string } {
  const child = spawn(process.execPath, ["--", CLI, ...args], { stdio: ["ignore", "pipe", "pipe"] });
  onTestFinished(() => void child.kill("SIGKILL"));
  const read = { out: "", err: "" };
  child.stdout.on("data", (data) => {
    read.out += data;
  });
  child.stderr.on("data", (data) => {
    read.err += data;
  });
  return { child, out: () => read.out, err: () => read.err };
}

it("It says where phones register and with what, traces SIP to stderr, and stops with a phone registered", async () => {
  const cli = run("--port=0", "--phones", "--sip-port=0", "--sip-trace", "--callee=+493023125010=e7");
  await until(
    () => cli.out().includes("Ctrl+C"),
    () => cli.err(),
  );
  expect(cli.out()).toMatch(/server +127\.0\.0\.1:\d+\n +e0 +1000000e0 {2}sip-secret-1000000-e0\n/);
  expect(cli.out()).toMatch(/\n +e7 +1000000e7 {2}sip-secret-1000000-e7\n/);
  expect(cli.out()).toMatch(/Numbers to dial\n +\+493023125010 +rings e7\n/);
  expect(cli.out()).toMatch(/browsers +ws:\/\/127\.0\.0\.1:\d+\/sip\n/);
  const sipServer = /server +(\S+)/.exec(cli.out())?.[1] ?? "";
  await RawPhone.register({ sipServer, username: "1000000e7", password: "sip-secret-1000000-e7" });
  expect(cli.err()).toMatch(/<- 127\.0\.0\.1:\d+\nREGISTER sip:/);
  cli.child.kill("SIGTERM");
  expect(await once(cli.child, "exit")).toEqual([0, null]);
});

it("The JSON line has the SIP server", async () => {
  const cli = run("--port=0", "--phones", "--sip-port=0", "--json");
  await until(
    () => cli.out().includes("\n"),
    () => cli.err(),
  );
  expect(JSON.parse(cli.out())).toMatchObject({ sipServer: expect.stringMatching(/^127\.0\.0\.1:\d+$/) });
});

it("It says which port is in use, and by which option to choose another", async () => {
  const server = createServer().listen(0, "127.0.0.1");
  onTestFinished(() => void server.close());
  await once(server, "listening");
  const address = server.address();
  const port = typeof address === "object" ? address?.port : 0;
  const cli = run("--port=0", "--phones", `--sip-port=${port}`);
  expect(await once(cli.child, "exit")).toEqual([1, null]);
  expect(cli.err()).toBe(
    `sipgate-sandbox: port ${port} is in use already. Choose another with --sip-port, or any free one with --sip-port 0.\n`,
  );
});

it("It refuses options that can't be, all at once", async () => {
  const cli = run("--sip-port=x", "--callee=110=e7", "--callee=+493023125010=x0", "--sip-trace");
  expect(await once(cli.child, "exit")).toEqual([2, null]);
  for (const part of ["--sip-port must be", "--callee must lead", "--sip-port needs --phones"])
    expect(cli.err()).toContain(part);
});
