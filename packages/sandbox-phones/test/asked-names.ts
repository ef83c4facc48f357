// Which names a process of Node asks for. Node itself notes that in its trace, for all of its threads.
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";

export interface TracedNode {
  readonly child: ChildProcess;
  /** Ends it, as Ctrl+C does, unless it has ended. @returns the names that it has looked up */
  namesAsked(): Promise<readonly string[]>;
}

/** Runs Node, and is told of each question to a name server or the system. It's stopped after the test. */
export function runTraced(...args: string[]): TracedNode {
  const file = join(mkdtempSync(join(tmpdir(), "sandbox-names-")), "trace.json");
  const trace = ["--trace-event-categories=node.dns.native", `--trace-event-file-pattern=${file}`];
  const child = spawn(process.execPath, [...trace, ...args], { stdio: ["ignore", "pipe", "inherit"] });
  const exited = once(child, "exit");
  onTestFinished(() => void child.kill("SIGKILL"));
  return {
    child,
    async namesAsked() {
      child.kill("SIGTERM");
      await exited;
      const { traceEvents } = JSON.parse(readFileSync(file, "utf8")) as { traceEvents: TraceEvent[] };
      return traceEvents.flatMap(({ args: { hostname, name }, cat }) =>
        cat.includes("node.dns.native") ? (hostname ?? name ?? []) : [],
      );
    },
  };
}

interface TraceEvent {
  /** Its categories, separated by commas. */
  readonly cat: string;
  /** Of the beginning of a question: `hostname` if the system is asked, `name` if a name server is. */
  readonly args: { readonly hostname?: string; readonly name?: string };
}
