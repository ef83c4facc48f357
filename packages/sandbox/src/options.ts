import { hostNameProblem } from "./http/trusted-hosts.js";
import { originProblem } from "./http/trusted-origins.js";
import {
  type CheckedPhonesOptions,
  checkPhonesOptions,
  type PhonesOptions,
} from "./phones/phones-options.js";
import { pushUrlProblem } from "./push/push-url.js";

/** The default of `keep`. */
export const DEFAULT_KEEP = 5_000;
/** The highest value of `keep`. */
export const MOST_TO_KEEP = 1_000_000;

/** Options of `createSandbox`. */
export interface SandboxOptions {
  /**
   * The TCP port to listen on, from 1 to 65535. 0: any free port; `sandbox.baseUrl` says which.
   * @default 0
   */
  readonly port?: number;
  /**
   * The host name or address to listen on. Choose another one than a loopback address only in a network that you
   * trust: the sandbox's credentials are public.
   * @default "127.0.0.1"
   */
  readonly host?: string;
  /**
   * Further names that the sandbox is reached by, such as a container's. Requests for other hosts are refused with 403:
   * loopback names and addresses and `host` are always fine, and if `host` means all addresses, so is any address.
   * @default []
   */
  readonly allowHosts?: readonly string[];
  /**
   * Origins of web pages that may use the sandbox, such as `https://app.example`, in addition to pages of this machine.
   * The requests of other pages are refused with 403.
   * @default []
   */
  readonly cors?: readonly string[];
  /**
   * Whether fields of a request's body that the operation doesn't know are refused with 400. By default they're ignored,
   * as by a server whose specification doesn't forbid them.
   * @default false
   */
  readonly strict?: boolean;
  /**
   * How many ended calls, requests and pushes each are kept, and how many entries of the history for each user: the
   * newest. From 1 to 1,000,000; with the default a sandbox takes less than 300 MB, however long it runs.
   * @default 5_000
   */
  readonly keep?: number;
  /**
   * The sandbox's time: calls ring and end, tokens expire on it. "real": time passes by itself. "manual": it starts at
   * 2026-01-05T08:00:00Z and passes only by `sandbox.clock.advance`.
   * @default "real"
   */
  readonly clock?: "real" | "manual";
  /**
   * Where to push the events of all accounts' calls, unless an account has an `outgoingUrl` of its own: an https URL,
   * or an http URL on this machine.
   *
   * @default nowhere
   */
  readonly pushUrl?: string;
  /**
   * Whether SIP phones and browsers can register and be rung. It takes the package sipgate-sandbox-phones, and the real
   * clock.
   * @default false
   */
  readonly phones?: boolean | PhonesOptions;
}

/** Checked options, with the defaults filled in. */
export interface CheckedOptions extends Required<Omit<SandboxOptions, "pushUrl" | "phones">> {
  readonly pushUrl: string | undefined;
  readonly phones: CheckedPhonesOptions | undefined;
}

const NAMES = ["port", "host", "allowHosts", "cors", "strict", "keep", "clock", "pushUrl", "phones"];

/** Checks the options and fills in the defaults. Throws a TypeError that names every problem. */
export function checkOptions(options: SandboxOptions): CheckedOptions {
  if (typeof options !== "object" || options === null) {
    throw new TypeError(`createSandbox: options must be an object with any of ${NAMES.join(", ")}.`);
  }
  const {
    port = 0,
    host = "127.0.0.1",
    allowHosts = [],
    cors = [],
    strict = false,
    keep = DEFAULT_KEEP,
    clock = "real",
    pushUrl,
    phones = false,
    ...unknown
  } = options;
  const problems = Object.keys(unknown).map(
    (name) => `there is no option ${name}: the options are ${NAMES.join(", ")}`,
  );
  if (!Number.isInteger(port) || port < 0 || port > 65_535) {
    problems.push("port must be a whole number from 0 to 65535");
  }
  if (typeof host !== "string" || host.trim() === "") problems.push("host must be a host name or an address");
  problems.push(...listProblems("allowHosts", allowHosts, hostNameProblem));
  problems.push(...listProblems("cors", cors, originProblem));
  if (typeof strict !== "boolean") problems.push("strict must be true or false");
  if (!Number.isInteger(keep) || keep < 1 || keep > MOST_TO_KEEP) {
    problems.push(`keep must be a whole number from 1 to ${MOST_TO_KEEP}`);
  }
  if (clock !== "real" && clock !== "manual") problems.push('clock must be "real" or "manual"');
  if (pushUrl !== undefined) {
    const problem = typeof pushUrl === "string" ? pushUrlProblem(pushUrl) : "must be a string";
    if (problem !== undefined) problems.push(`pushUrl ${problem}`);
  }
  const checkedPhones = checkPhonesOptions(phones, problems);
  if (checkedPhones !== undefined && clock === "manual") {
    problems.push('phones need the clock "real": people and their phones live by it');
  }
  if (problems.length > 0) throw new TypeError(`createSandbox: ${problems.join("; ")}.`);
  return { port, host, allowHosts, cors, strict, keep, clock, pushUrl, phones: checkedPhones };
}

/** What is wrong with each item of a list, or with the list itself. */
function listProblems(
  name: string,
  list: unknown,
  problemOf: (item: string) => string | undefined,
): string[] {
  if (!Array.isArray(list)) return [`${name} must be a list of strings`];
  return list.flatMap((item: unknown, index) => {
    const problem = typeof item === "string" ? problemOf(item) : "must be a string";
    return problem === undefined ? [] : [`${name}[${index}] ${problem}`];
  });
}
