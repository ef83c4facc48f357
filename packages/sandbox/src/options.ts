import { pushUrlProblem } from "./push/push-url.js";

/** How to create a sandbox. */
export interface SandboxOptions {
  /** TCP port, 0 (the default) for any free one. */
  readonly port?: number;
  /** Address to listen on. Default: "127.0.0.1". */
  readonly host?: string;
  /** "real" (the default) or "manual": time moves only by `sandbox.clock.advance`. */
  readonly clock?: "real" | "manual";
  /**
   * Where the events of all accounts' calls are pushed, unless an account has an `outgoingUrl` of its own: https, or
   * http on this machine. Default: nowhere.
   */
  readonly pushUrl?: string;
}

/** Options that were checked, with what holds where they left something open. */
export interface CheckedOptions extends Required<Omit<SandboxOptions, "pushUrl">> {
  readonly pushUrl: string | undefined;
}

/** Checks the options and fills in defaults; throws a TypeError that names every problem. */
export function checkOptions(options: SandboxOptions): CheckedOptions {
  const { port = 0, host = "127.0.0.1", clock = "real", pushUrl, ...unknown } = options;
  const problems = Object.keys(unknown).map((name) => `there is no option ${name}`);
  if (!Number.isInteger(port) || port < 0 || port > 65_535) {
    problems.push("port must be a whole number from 0 to 65535");
  }
  if (typeof host !== "string" || host.trim() === "") problems.push("host must be a host name or an address");
  if (clock !== "real" && clock !== "manual") problems.push('clock must be "real" or "manual"');
  if (pushUrl !== undefined) {
    const problem = typeof pushUrl === "string" ? pushUrlProblem(pushUrl) : "must be a text";
    if (problem !== undefined) problems.push(`pushUrl ${problem}`);
  }
  if (problems.length > 0) throw new TypeError(`createSandbox: ${problems.join("; ")}.`);
  return { port, host, clock, pushUrl: pushUrl };
}
