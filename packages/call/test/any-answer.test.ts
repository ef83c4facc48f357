// Whatever answers come, every method of the client gives a sane value or a typed error.
import fc from "fast-check";
import { CallError, type Client, createClient } from "sipgate-call";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { COMMANDS } from "../src/cli/commands/index.js";
import { type Answer, type AnsweringServer, answering } from "./answers.js";
import { NASTY, oddBody, oddJson, oddStatus } from "./odd-answers.js";
import { sipgateCall } from "./terminal.js";

let answers: readonly Answer[] = [];
let server: AnsweringServer;
beforeAll(async () => {
  let count = 0;
  server = await answering(() => answers[count++ % answers.length] ?? { status: 500 });
});
afterAll(() => server.close());

const answer = fc.record({ status: oddStatus, body: oddBody }).map(
  ({ status, body }): Answer => ({
    status,
    body,
    headers: { "content-type": "application/json", "retry-after": "0" },
  }),
);

const request = { caller: "e0", callee: "+493023125000" };
const METHODS: Readonly<Record<string, (client: Client) => Promise<unknown>>> = {
  whoami: (client) => client.whoami(),
  devices: (client) => client.devices(),
  numbers: (client) => client.numbers(),
  channels: (client) => client.channels(),
  balance: (client) => client.balance(),
  callRestrictions: (client) => client.callRestrictions(),
  calls: (client) => client.calls(),
  platform: (client) => client.platform(),
  preflight: (client) => client.preflight(request),
  place: (client) => client.place(request, { searchForMs: 0 }),
  hangUp: (client) => client.callControls("id").hangUp(),
  transfer: (client) => client.callControls("id").transfer({ to: "+493023125001" }),
  history: async (client) => {
    const calls: unknown[] = [];
    for await (const call of client.history({ limit: 700 })) calls.push(call);
    return calls;
  },
};

it("every method of the client is here", () => {
  const client = createClient({ credentials: { accessToken: "x" } });
  const others = ["callControls", "createPushHandler", "dryRun"]; // They ask for nothing by themselves.
  expect(Object.keys(METHODS)).toEqual(
    expect.arrayContaining(Object.keys(client).filter((name) => !others.includes(name))),
  );
});

/** Fails for what JSON can't say, for what a prototype was given, and for numbers that count nothing. */
function expectSane(value: unknown): void {
  if (typeof value === "number") expect(Number.isFinite(value)).toBe(true);
  if (typeof value !== "object" || value === null) return;
  expect([Object.prototype, Array.prototype, null]).toContain(Object.getPrototypeOf(value));
  for (const child of Object.values(value)) expectSane(child);
}

const prototypeKeys = Reflect.ownKeys(Object.prototype);

describe.each(Object.keys(METHODS))("%s", (name) => {
  it.each([undefined, "classic", "neo"] as const)("on platform %s", async (platform) => {
    await fc.assert(
      fc.asyncProperty(fc.array(answer, { minLength: 1, maxLength: 4 }), async (several) => {
        answers = several;
        const client = createClient({ credentials: { accessToken: "x" }, baseUrl: server.baseUrl, platform });
        try {
          expectSane(await METHODS[name]?.(client));
        } catch (error) {
          if (!(error instanceof CallError)) throw error;
          expect(error.remedy).not.toBe("");
          expect(error.message).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}\u2028\u2029]/u);
        }
        expect(Reflect.ownKeys(Object.prototype)).toEqual(prototypeKeys);
      }),
      { numRuns: 40 },
    );
  });
});

it.each(["__proto__", "constructor", "toString", { toString: 1 }, null, 5])(
  "an access token whose claim of a platform is %j names none",
  async (featureScope) => {
    const payload = Buffer.from(JSON.stringify({ featureScope })).toString("base64url");
    answers = [{ status: 403, body: "no" }];
    const client = createClient({ credentials: { accessToken: `h.${payload}.s` }, baseUrl: server.baseUrl });
    expect(await client.platform()).toBeUndefined();
  },
);

describe("the command line", async () => {
  const commands = await Promise.all(Object.values(COMMANDS).map((load) => load()));
  const argvOf = ({ name, positional }: (typeof commands)[number]) => [
    name,
    ...(positional === undefined
      ? []
      : [name === "dtmf" ? "1" : name === "announce" ? "https://a.example/" : "+493023125001"]),
    ...(name === "dial" ? ["--no-follow", "--caller", "e0", "--search-for", "0"] : []),
    ...(name === "doctor" ? ["--caller", "e0"] : []),
  ];
  const run = (argv: readonly string[]) =>
    sipgateCall(argv, {
      env: { SIPGATE_ACCESS_TOKEN: "token-of-a-test", SIPGATE_BASE_URL: server.baseUrl },
      stdin: "token-ABC123\nx\ne0\nnone\n\nn\n",
    });
  /** All that changes a terminal, but line ends. */
  const HARMFUL = /[^\P{C}\n]|[\u2028\u2029]/u;

  it.each(commands)("$name shows odd answers harmlessly", async (command) => {
    for (const body of fc.sample(oddJson, 2)) {
      answers = [{ status: 200, body }];
      const [human, script] = await Promise.all([run(argvOf(command)), run([...argvOf(command), "--json"])]);
      expect({ body, code: human.code, err: human.err }).not.toMatchObject({ code: 1 });
      expect({ body, code: script.code, err: script.err }).not.toMatchObject({ code: 1 });
      for (const { out, err } of [human, script]) expect(out + err).not.toMatch(HARMFUL);
      for (const line of (script.out + script.err).trim().split("\n"))
        if (line !== "") expect(() => JSON.parse(line)).not.toThrow();
    }
  });

  it.each(NASTY)("names such as %j are shown harmlessly, and told to scripts as they are", async (nasty) => {
    const item = {
      id: "e0",
      alias: nasty,
      name: nasty,
      users: [{ id: nasty, deviceIds: [nasty] }],
      number: nasty,
      localized: nasty,
    };
    const past = {
      callId: nasty,
      source: nasty,
      target: nasty,
      direction: nasty,
      created: nasty,
      status: nasty,
    };
    const participants = [{ participantId: nasty, phoneNumber: nasty, owner: true }];
    const body = {
      sub: "w0",
      currency: nasty,
      amount: 1,
      items: [{ ...item, ...past }],
      data: [{ callId: nasty, participants }],
    };
    answers = [{ status: 200, body: JSON.stringify(body) }];
    for (const argv of [
      ["devices"],
      ["numbers"],
      ["channels"],
      ["balance"],
      ["calls"],
      ["history"],
      ["history", "--csv"],
    ]) {
      const [human, script] = await Promise.all([
        run([
          ...argv,
          "--platform",
          "classic",
          ...(argv[1] === "--csv" ? [] : ["--limit", "1"].filter(() => argv[0] === "history")),
        ]),
        run([argv[0] ?? "", "--platform", "classic", "--json"]),
      ]);
      expect(human.code).toBe(0);
      expect(human.out + human.err).not.toMatch(HARMFUL);
      expect(script.out).not.toMatch(HARMFUL);
      expect(JSON.stringify(JSON.parse(script.out))).toContain(JSON.stringify(nasty).slice(1, -1));
      if (argv[1] !== "--csv") continue;
      // Whatever it takes for a separator, no spreadsheet finds the beginning of a formula.
      const cells = human.out
        .split("\n")
        .slice(1)
        .flatMap((line) => line.split(/[,;\t|]/));
      for (const cell of cells) expect(cell).not.toMatch(/^[ "]*[=@＝＠]/);
    }
  });
});
