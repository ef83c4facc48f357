// A sandbox and a client for each failure.
import type { Client } from "sipgate-call";
import type { Sandbox } from "sipgate-sandbox";
import { afterAll, beforeAll, expect } from "vitest";
import { type AnsweringServer, answering } from "../answers.js";
import { aheadBy, clientOf, strictSandbox } from "../support.js";
import { type FailureCase, failureCasesFor } from "./failure-cases.js";
import { printTable, type Row } from "./table.js";

export type Platform = "classic" | "neo";
export const PLATFORMS: readonly Platform[] = ["classic", "neo"];
export const REQUEST = { caller: "e0", callee: "+493023125005" }; // Answers after 1 s and hangs up 5 s later.
export const CALL_PATHS = { classic: "/sessions/calls", neo: "/calls" } as const;
const MONTHS = 100 * 24 * 3_600_000; // Milliseconds.

export interface Scene {
  readonly sandbox: Sandbox;
  readonly client: Client;
  readonly baseUrl: string;
}

export async function inSandbox<T>(
  platform: Platform,
  { endpoint }: FailureCase,
  use: (scene: Scene) => Promise<T>,
): Promise<T> {
  const sandbox = await strictSandbox({ clock: "manual" });
  try {
    const baseUrl = endpoint === undefined ? sandbox.baseUrl : await sandbox.endpoint(endpoint);
    const clock = aheadBy(sandbox.clock, MONTHS); // What the clock on the wall says makes no difference.
    const client = clientOf(sandbox, platform, { baseUrl, clock });
    return await use({ sandbox, client, baseUrl });
  } finally {
    await sandbox.close();
  }
}

export const callRequestsIn = ({ requests }: Sandbox) =>
  requests.filter(({ method, path }) => method === "POST" && /\/v2\/(?:sessions\/)?calls$/.test(path));

type Check = (failure: FailureCase) => Promise<Omit<Row, "act" | "platform" | "failure">>;

/**
 * Sets up what every failure needs; prints the table in the end, if it's asked for by `npm run check:faults`.
 *
 * @returns what checks all failure cases, many at once, and names every row that isn't as it should be
 */
export function everyFailureCase() {
  let elsewhere: AnsweringServer;
  let failureCases: readonly FailureCase[];
  const rows: Row[] = [];

  beforeAll(async () => {
    elsewhere = await answering({ status: 200, body: '{"sessionId":"elsewhere"}' });
    failureCases = failureCasesFor(elsewhere.baseUrl);
  });

  afterAll(async () => {
    expect(elsewhere.requests).toEqual([]); // Nobody followed a redirect with credentials.
    await elsewhere.close();
    const names = failureCases.map(({ name }) => name);
    rows.sort((a, b) => names.indexOf(a.failure) - names.indexOf(b.failure));
    if (process.env.FAULT_TABLE !== undefined) process.stdout.write(printTable(rows));
  });

  return async (
    act: string,
    platform: Platform,
    atOnce: number,
    check: Check,
    which: (failure: FailureCase) => boolean = () => true,
  ): Promise<void> => {
    const wrong: string[] = [];
    const left = failureCases.filter(which);
    const work = async () => {
      for (let failure = left.shift(); failure !== undefined; failure = left.shift()) {
        try {
          rows.push({ act, platform, failure: failure.name, ...(await check(failure)) });
        } catch (error) {
          wrong.push(`${failure.name}: ${error instanceof Error ? error.message : String(error)}`);
        }
      }
    };
    await Promise.all(Array.from({ length: atOnce }, work));
    expect(wrong).toEqual([]);
  };
}
