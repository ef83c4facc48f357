// What is done with lists besides calling: rules, reports, exports, objections, deletion. By the command line.
import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { fileURLToPath } from "node:url";
import { runListsCommand } from "sipgate-call-lists";
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import type { Database } from "../src/database/database.js";
import { startDatabases, type TestDatabases } from "./database.js";
import { setMoment } from "./lists.js";

const MAIN = fileURLToPath(new URL("../dist/main.cjs", import.meta.url));
const ANNA = "+493023125010";
const BERND = "+493023125011";

/** A spreadsheet would take a number without the blank for an amount. */
const asCell = (number: string) => number.replace("+49", "+49 ");

let databases: TestDatabases;
let folder: string;
let url: string;
let database: Database;
beforeAll(async () => {
  databases = await startDatabases();
  folder = mkdtempSync(join(tmpdir(), "sipgate-lists-office-"));
});
beforeEach(async () => {
  url = databases.newDatabase();
  database = databases.open(url);
  await setMoment(database, "2026-11-25T09:00:00Z");
});
afterAll(async () => {
  await databases.close();
  rmSync(folder, { recursive: true });
}, 60_000);

interface Ran {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** In this process: a program of its own for each command would take most of the time. */
async function lists(...words: string[]): Promise<Ran> {
  vi.stubEnv("SIPGATE_DATABASE_URL", url);
  const printed = { out: "", err: "" };
  const spies = [collect(process.stdout, "out"), collect(process.stderr, "err")];
  function collect(stream: NodeJS.WriteStream, name: keyof typeof printed) {
    return vi.spyOn(stream, "write").mockImplementation((text) => {
      printed[name] += String(text);
      return true;
    });
  }
  try {
    return { code: await runListsCommand(words), ...printed };
  } finally {
    for (const spy of spies) spy.mockRestore();
    vi.unstubAllEnvs();
  }
}

const objects = async (...words: string[]) =>
  (await lists(...words, "--json")).out
    .split("\n")
    .filter((line) => line !== "")
    .map((line): Record<string, unknown> => JSON.parse(line));

function file(text: string): string {
  const path = join(folder, "file.csv");
  writeFileSync(path, text);
  return path;
}

const CONTACTS =
  "Name;Telefon;Einwilligung am;Einwilligung per;Einwilligungstext\n" +
  `Anna;${ANNA};01.07.2026;Webformular;Rufen Sie mich an.\n` +
  `=Bernd;${BERND};01.08.2026;Brief;Ja.\n`;

async function importBoth(): Promise<void> {
  expect(await lists("import", "spring", file(CONTACTS))).toMatchObject({
    code: 0,
    out: "New contacts in the list spring: 2.\n",
  });
}

interface NewAttempt {
  readonly number: string;
  readonly at: string;
  readonly cause: string;
  readonly seconds?: number;
  readonly disposition?: string;
}

async function called({ number, at, cause, seconds, disposition }: NewAttempt): Promise<void> {
  await database.query("insert into sipgate_call.agent (name) values ('Eva') on conflict do nothing");
  await database.query(
    `insert into sipgate_call.attempt (list_id, contact_id, agent_id, number_key, started_at, ended_at, state, alive_until,
                                       call_id, cause, duration_seconds, disposition, note)
     select c.list_id, c.id, a.id, c.number_key, $2, $2, 'ended', $2, 'call-' || c.number, $3, $4, $5, 'is friendly'
       from sipgate_call.contact c, sipgate_call.agent a where c.number = $1`,
    [number, at, cause, seconds ?? null, disposition ?? null],
  );
}

describe("import", () => {
  it("says what the columns were taken for, and each row that can't be used", async () => {
    const bad = await lists("import", "spring", file("Name;Telefon;Kundennummer\nAnna;12;K1\n"));
    expect(bad.code).toBe(6);
    expect(bad.err).toContain("Columns: number = Telefon; name = Name; kept as they are = Kundennummer.");
    expect(bad.err).toContain("Line 2: ");
    expect(bad.out).toMatch(/^Nothing was imported\. .* Left out: rows that can't be used: 1\.\n$/);
    const [problem, result] = await objects("import", "spring", file("Name;Telefon\nAnna;12\n"));
    expect(problem).toMatchObject({ type: "import-problem", line: 2, code: "too-short" });
    expect(result).toMatchObject({ type: "import", isImported: false, bad: 1 });
  });

  it("leaves no list behind if nothing of it was imported", async () => {
    await lists("import", "sprnig", file(CONTACTS), "--dry-run");
    await lists("import", "sprnig", join(folder, "none.csv"));
    expect(await database.query("select name from sipgate_call.list")).toEqual([]);
    await importBoth();
    await lists("import", "spring", file("Name;Telefon\nAnna;12\n"));
    expect(await database.query("select name from sipgate_call.list")).toEqual([{ name: "spring" }]);
  });

  it("of a file that isn't there fails with a word for it", async () => {
    const { code, err } = await lists("import", "spring", join(folder, "none.csv"));
    expect([code, err]).toEqual([2, expect.stringContaining("can't be read (ENOENT)")]);
  });
});

describe("rules", () => {
  it("are set, checked, kept, and told with what is looser than usual", async () => {
    await importBoth();
    const set = await lists("rules", "spring", "attempts-a-day=5", "retry.busy=30", `caller-id=${ANNA}`);
    expect(set.out).toContain("attempts-a-day=5\n");
    expect(set.out).toMatch(/Looser than usual:\n {2}A callee may be called 5 times a day \(usual: 3\)\.\n$/);
    const [shown] = await objects("rules", "spring");
    expect(shown).toMatchObject({ attemptsADay: 5, callerId: ANNA, retentionDays: 90 });
    expect(shown).toHaveProperty("retry.busy", 30);
    const wrong = await lists("rules", "spring", "attempts-a-day=0");
    expect([wrong.code, wrong.err]).toEqual([3, expect.stringContaining("from 1 to 1000")]);
  });

  it("that are made looser bring contacts back that a stricter rule has kept away", async () => {
    await importBoth();
    await database.query(
      "update sipgate_call.contact set state = 'done', done_because = 'consent' where number = $1",
      [ANNA],
    );
    await database.query(
      "update sipgate_call.contact set state = 'done', done_because = 'finished' where number = $1",
      [BERND],
    );
    await lists("rules", "spring", "consent-required=false");
    expect(await states()).toEqual({ [ANNA]: "waiting", [BERND]: "done" });
  });
});

const states = async () =>
  Object.fromEntries(
    (
      await database.query<{ number: string; state: string }>(
        "select number, state from sipgate_call.contact",
      )
    ).map(({ number, state }) => [number, state]),
  );

it("A team names its dispositions", async () => {
  await importBoth();
  const { out } = await lists("dispositions", "spring", "has bought=done", "wrong number=");
  expect(out).toBe(
    "has bought=done\nreached=done\nmailbox=retry\ncall back=call-back\ndo not call=do-not-call\n",
  );
  expect(await lists("dispositions", "spring", "x=sell")).toMatchObject({ code: 2 });
});

it("A report has outcomes, attempts, agents, dispositions, and what is looser than usual", async () => {
  await importBoth();
  await called({ number: ANNA, at: "2026-11-24T09:00:00Z", cause: "busy" });
  await called({
    number: ANNA,
    at: "2026-11-24T10:00:00Z",
    cause: "completed",
    seconds: 75,
    disposition: "reached",
  });
  await lists("rules", "spring", "retention-days=none");
  const [report] = await objects("report", "spring");
  expect(report).toEqual({
    type: "report",
    list: "spring",
    state: "running",
    contacts: { total: 2, waiting: 2, dialling: 0, unknown: 0, done: 0, endedBy: {} },
    attempts: {
      total: 2,
      first: "2026-11-24T09:00:00.000Z",
      last: "2026-11-24T10:00:00.000Z",
      talkSeconds: 75,
      causes: { busy: 1, completed: 1 },
      dispositions: { reached: 1 },
    },
    agents: [{ agent: "Eva", attempts: 2, completed: 1, talkSeconds: 75 }],
    loosenedRules: ["Contacts are kept until they are deleted by hand."],
  });
  const { out } = await lists("report", "spring");
  expect(out).toContain("Eva  attempts: 2, answered: 1, talking: 1:15 minutes");
  expect(out).toContain("Rules looser than usual:\n  Contacts are kept until they are deleted by hand.");
});

describe("export", () => {
  it("of attempts has a row for each, and no cell is a formula for a spreadsheet", async () => {
    await importBoth();
    await called({
      number: BERND,
      at: "2026-11-24T10:00:00Z",
      cause: "completed",
      seconds: 75,
      disposition: "reached",
    });
    const out = join(folder, "attempts.csv");
    expect(await lists("export", "spring", "--out", out)).toMatchObject({ code: 0, out: "" });
    expect(readFileSync(out, "utf8")).toBe(
      "\ufeffcontact;number;name;company;attempt;started;ended;outcome;cause;seconds;agent;disposition;note;call\r\n" +
        `2;${asCell(BERND)};'=Bernd;;1;2026-11-24 10:00:00;2026-11-24 10:00:00;ended;completed;75;Eva;reached;is friendly;call-${BERND}\r\n`,
    );
    expect(statSync(out).mode & 0o777).toBe(0o600);
  });

  it("ends if nobody reads it any more", async () => {
    await importBoth();
    await database.query("update sipgate_call.contact set notes = repeat('long ', 100000)");
    const child = spawn(process.execPath, [MAIN, "export", "spring", "contacts"], {
      env: { PATH: process.env.PATH, SIPGATE_DATABASE_URL: url },
      stdio: ["ignore", "pipe", "pipe"],
    });
    child.stdout.once("data", () => child.stdout.destroy());
    const err = await text(child.stderr);
    expect(err).toBe("The output can't be written any more. Write it to a file with --out.\n");
  });

  it("of contacts has all of them, with what became of them last", async () => {
    await importBoth();
    await called({ number: ANNA, at: "2026-11-24T10:00:00Z", cause: "busy" });
    await lists("block", BERND);
    const rows = await objects("export", "spring", "contacts");
    expect(rows).toEqual([
      expect.objectContaining({ type: "contact", number: ANNA, last_cause: "busy", do_not_call: false }),
      expect.objectContaining({ type: "contact", number: BERND, last_cause: null, do_not_call: true }),
    ]);
  });

  it("of consents is the proof: when, how, in which words, and when it was used", async () => {
    await importBoth();
    const { out } = await lists("export", "spring", "consents", "--number", ANNA, "--separator", ",");
    expect(out).toBe(
      "\ufeffnumber,name,given,how,purpose,words,last_used,recorded,due_for_deletion\r\n" +
        `${asCell(ANNA)},Anna,2026-06-30 22:00:00,Webformular,spring,Rufen Sie mich an.,,2026-11-25 09:00:00,2031-06-30 22:00:00\r\n`,
    );
  });
});

describe("block", () => {
  it("is for good: not in the list any more, and not imported again", async () => {
    await importBoth();
    expect(await lists("block", "030 23125010", "--reason", "letter")).toMatchObject({
      code: 0,
      out: `${ANNA} isn't called any more, by any list.\n`,
    });
    const [imported] = (await objects("import", "autumn", file(CONTACTS))).filter(
      ({ type }) => type === "import",
    );
    expect(imported).toMatchObject({ contacts: 1, objections: 1 });
  });

  it("takes a file, whose numbers are all noted but for those that can't be read", async () => {
    await importBoth();
    const path = file(`Telefon;Handy\n${ANNA};0152 28817386\n12;\n${ANNA};\n`);
    const { code, out, err } = await lists("block", "--file", path);
    expect([code, out]).toEqual([
      6,
      "2 numbers more aren't called any more, by any list. 1 can't be read: they are still called.\n",
    ]);
    expect(err).toContain("Line 3: ");
    expect(await database.query("select from sipgate_call.do_not_call")).toHaveLength(2);
  });
});

describe("forget", () => {
  it("leaves nothing of a number but its keyed hash, and the proof of consent until it's due", async () => {
    await importBoth();
    await called({ number: ANNA, at: "2026-11-24T10:00:00Z", cause: "completed" });
    await database.query("insert into sipgate_call.idempotency values ('k', 1, $1)", [
      JSON.stringify({ state: { kind: "placed", call: { callId: `call-${ANNA}` } } }),
    ]);
    const { out } = await lists("forget", ANNA);
    expect(out).toBe(
      "Deleted: 1 contacts, and number and notes of 1 calls. 1 proofs of consent are kept until five years after they were given or last used.\n",
    );
    expect(await mentionsOf("23125010")).toEqual(["consent"]);
    expect(
      await database.query("select from sipgate_call.attempt where number_key is not null"),
    ).toHaveLength(1);
    await setMoment(database, "2031-07-02T09:00:00Z");
    expect((await lists("tidy")).out).toMatch(/1 proofs of consent\.\n$/);
    expect(await mentionsOf("23125010")).toEqual([]);
    const [imported] = (await objects("import", "autumn", file(CONTACTS))).filter(
      ({ type }) => type === "import",
    );
    expect(imported).toMatchObject({ contacts: 1, objections: 1 });
  });

  it("lets a number be called again if it's said so", async () => {
    await importBoth();
    await lists("forget", ANNA, "--may-call");
    const [imported] = (await objects("import", "autumn", file(CONTACTS))).filter(
      ({ type }) => type === "import",
    );
    expect(imported).toMatchObject({ contacts: 2, objections: 0 });
  });

  it("waits until nobody calls the number", async () => {
    await importBoth();
    await called({ number: ANNA, at: "2026-11-25T09:00:00Z", cause: "busy" });
    await database.query("update sipgate_call.attempt set state = 'dialling'");
    expect(await lists("forget", ANNA)).toMatchObject({ code: 6 });
    expect(Object.keys(await states())).toEqual([ANNA, BERND]);
  });
});

/** Tables with a row that holds a text anywhere. */
async function mentionsOf(text: string): Promise<string[]> {
  const tables = await database.query<{ name: string }>(
    "select table_name as name from information_schema.tables where table_schema = 'sipgate_call' order by 1",
  );
  const found: string[] = [];
  for (const { name } of tables) {
    const rows = await database.query(
      `select from sipgate_call.${name} t where t::text like '%' || $1 || '%'`,
      [text],
    );
    if (rows.length > 0) found.push(name);
  }
  return found;
}

it("tidy deletes contacts whose retention is over: since their last call, or their import", async () => {
  await importBoth();
  await called({ number: ANNA, at: "2026-12-20T10:00:00Z", cause: "busy" });
  await setMoment(database, "2027-02-24T09:00:00Z"); // After 91 days.
  expect((await lists("tidy")).out).toMatch(/^Deleted: 1 contacts/);
  expect(Object.keys(await states())).toEqual([ANNA]);
  await lists("rules", "spring", "retention-days=none");
  await setMoment(database, "2030-01-01T09:00:00Z");
  expect((await lists("tidy")).out).toMatch(/^Deleted: 0 contacts/);
});
