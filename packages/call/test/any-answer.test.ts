// Whatever answers come, every method of the client gives a sane value or a typed error.
import fc from "fast-check";
import { CallError, type Client } from "sipgate-call";
import { describe, expect, it } from "vitest";
import { allCommands } from "../src/cli/commands/index.js";
import { type Answer, answering } from "./answers.js";
import { NASTY, oddBody, oddJson, oddStatus } from "./malformed-responses.js";
import { clientAt } from "./support.js";
import { sipgateCall } from "./terminal.js";

interface Scripted {
  readonly baseUrl: string;
  /** Given one after the other, and again from the first. */
  answers: readonly Answer[];
}

/** Gives a test a server of its own, so tests can wait at the same time. */
async function withServer(test: (server: Scripted) => Promise<void>): Promise<void> {
  let count = 0;
  const server = await answering(
    () => scripted.answers[count++ % scripted.answers.length] ?? { status: 500 },
  );
  const scripted: Scripted = { baseUrl: server.baseUrl, answers: [] };
  await test(scripted).finally(() => server.close());
}

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
  hangUp: (client) => client.call("id").hangUp(),
  transfer: (client) => client.call("id").transfer({ to: "+493023125001" }),
  contacts: (client) => client.contacts(),
  sipAccount: (client) => client.sipAccount("e0"),
  registerDevice: (client) => client.registerDevice("Browser"),
  history: async (client) => {
    const calls: unknown[] = [];
    for await (const call of client.history({ limit: 700 })) calls.push(call);
    return calls;
  },
};

it("every method of the client is here", () => {
  const client = clientAt({ baseUrl: "https://api.sipgate.com/v2" });
  const others = ["call", "createPushHandler", "dryRun"]; // They ask for nothing by themselves.
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

describe.each(Object.keys(METHODS))("%s gives a sane value or a typed error", (name) => {
  it.concurrent.each([undefined, "classic", "neo"] as const)("on platform %s", (platform) =>
    withServer(async (server) => {
      await fc.assert(
        fc.asyncProperty(fc.array(answer, { minLength: 1, maxLength: 4 }), async (several) => {
          server.answers = several;
          const client = clientAt(server, { platform });
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
    }),
  );
});

it.each(["__proto__", "constructor", "toString", { toString: 1 }, null, 5])(
  "an access token whose claim of a platform is %j names none",
  (featureScope) =>
    withServer(async (server) => {
      const payload = Buffer.from(JSON.stringify({ featureScope })).toString("base64url");
      server.answers = [{ status: 403, body: "no" }];
      const client = clientAt(server, {
        credentials: { accessToken: `h.${payload}.s` },
        platform: undefined,
      });
      expect(await client.platform()).toBeUndefined();
    }),
);

describe("the command line", async () => {
  const commands = await allCommands();
  const argvOf = ({ name, positional }: (typeof commands)[number]) => [
    name,
    ...(positional === undefined
      ? []
      : [name === "dtmf" ? "1" : name === "announce" ? "https://a.example/" : "+493023125001"]),
    ...(name === "dial" ? ["--no-follow", "--caller", "e0", "--search-for", "0"] : []),
    ...(name === "doctor" ? ["--caller", "e0"] : []),
  ];
  const runAt = (baseUrl: string) => (argv: readonly string[]) =>
    sipgateCall(argv, {
      env: { SIPGATE_ACCESS_TOKEN: "token-of-a-test", SIPGATE_BASE_URL: baseUrl },
      stdin: "token-ABC123\nx\ne0\nnone\n\nn\n",
    });
  /** All that changes a terminal, but line ends. */
  const HARMFUL = /[^\P{C}\n]|[\u2028\u2029]/u;

  it.concurrent.each(commands)("$name shows odd answers harmlessly", (command) =>
    withServer(async (server) => {
      const run = runAt(server.baseUrl);
      for (const body of fc.sample(oddJson, 2)) {
        server.answers = [{ status: 200, body }];
        const [human, script] = await Promise.all([
          run(argvOf(command)),
          run([...argvOf(command), "--json"]),
        ]);
        expect({ body, code: human.code, err: human.err }).not.toMatchObject({ code: 1 });
        expect({ body, code: script.code, err: script.err }).not.toMatchObject({ code: 1 });
        for (const { out, err } of [human, script]) expect(out + err).not.toMatch(HARMFUL);
        for (const line of (script.out + script.err).trim().split("\n"))
          if (line !== "") expect(() => JSON.parse(line)).not.toThrow();
      }
    }),
  );

  const answerOf = (nasty: string, index: number) => ({
    items: {
      id: `e${index}`,
      alias: nasty,
      name: nasty,
      users: [{ id: nasty, deviceIds: [nasty] }],
      number: nasty,
      localized: nasty,
      callId: nasty,
      source: nasty,
      target: nasty,
      direction: nasty,
      created: nasty,
      status: nasty,
    },
    data: { callId: nasty, participants: [{ participantId: nasty, phoneNumber: nasty, owner: true }] },
  });
  const nastyBody = JSON.stringify({
    sub: "w0",
    currency: NASTY.join(" "),
    amount: 1,
    items: NASTY.map((nasty, index) => answerOf(nasty, index).items),
    data: NASTY.map((nasty, index) => answerOf(nasty, index).data),
  });

  it.concurrent.each(
    ["devices", "numbers", "channels", "balance", "calls", "history", "history --csv"].map((line) => ({
      line,
    })),
  )("$line shows nasty names harmlessly, and tells them to scripts as they are", ({ line }) =>
    withServer(async (server) => {
      const argv = line.split(" ");
      const run = runAt(server.baseUrl);
      server.answers = [{ status: 200, body: nastyBody }];
      const onClassic = (words: readonly string[]) => run([...words, "--platform", "classic"]);
      const [human, script] = await Promise.all([onClassic(argv), onClassic([argv[0] ?? "", "--json"])]);
      expect(human.code).toBe(0);
      // A CSV begins with a byte order mark, by which spreadsheets know its encoding.
      expect(human.out.replace(/^\ufeff/, "") + human.err).not.toMatch(HARMFUL);
      expect(script.out).not.toMatch(HARMFUL);
      const told = script.out
        .trim()
        .split("\n")
        .map((line) => JSON.stringify(JSON.parse(line)))
        .join("\n");
      for (const nasty of NASTY) expect(told).toContain(JSON.stringify(nasty).slice(1, -1));
      if (argv[1] !== "--csv") return;
      // Whatever it takes for a separator, no spreadsheet finds the beginning of a formula.
      const cells = human.out
        .split("\n")
        .slice(1)
        .flatMap((line) => line.split(/[,;\t|]/));
      expect(cells.length).toBeGreaterThan(NASTY.length);
      for (const cell of cells) expect(cell).not.toMatch(/^[ "]*[=@＝＠]/);
    }),
  );
});
