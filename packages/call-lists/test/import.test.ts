// Contacts of files into a list.
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { Database } from "../src/database/database.js";
import { type ImportOptions, importContacts } from "../src/import/import-contacts.js";
import type { ImportProblem } from "../src/import/judge-contact-row.js";
import { addObjection } from "../src/lists/agent-says.js";
import { handOut } from "../src/lists/hand-out.js";
import { agentCalled, makeList } from "../src/lists/lists.js";
import { startDatabases, type TestDatabases } from "./database.js";
import { MORNING, SHOWN, setMoment } from "./lists.js";

let databases: TestDatabases;
let database: Database;
let folder: string;
beforeAll(async () => {
  databases = await startDatabases();
  folder = mkdtempSync(join(tmpdir(), "sipgate-lists-import-"));
});
beforeEach(() => {
  database = databases.open(databases.newDatabase());
});
afterAll(async () => {
  await databases.close();
  rmSync(folder, { recursive: true });
}, 60_000);

async function imported(content: string | Buffer, options: Partial<ImportOptions> = {}) {
  const path = join(folder, "contacts.csv");
  writeFileSync(path, content);
  const { id } = await makeList(database, "spring");
  const problems: ImportProblem[] = [];
  const result = await importContacts(database, path, {
    listId: id,
    purpose: "spring",
    onProblem: (problem) => problems.push(problem),
    ...options,
  });
  return { result, problems, lines: problems.map(({ line, code }) => `${line} ${code}`) };
}

const contacts = () =>
  database.query(
    "select number, name, company, notes, extra, region, priority from sipgate_call.contact order by id",
  );
const numbers = async () => (await contacts()).map(({ number }) => number);

const two = { number: "+493023125011", name: "Bernd Muster" };

describe("A table", () => {
  it("is read with its columns in German or English, whatever separates them", async () => {
    const german =
      "Vorname;Nachname;Firma;Telefon;Bemerkung;Bundesland;Priorität;Kundennummer\n" +
      "Änne;Groß;Muster GmbH;030 23125010;ruft gern zurück;BE;5;K1\n";
    const { result } = await imported(german);
    expect(result).toMatchObject({ isImported: true, contacts: 1, bad: 0, duplicates: 0 });
    const anne = {
      number: "+493023125010",
      name: "Änne Groß",
      company: "Muster GmbH",
      notes: "ruft gern zurück",
      extra: { Kundennummer: "K1" },
      region: "BE",
      priority: 5,
    };
    expect(await contacts()).toEqual([anne]);
    await imported("Name,Phone\nBernd Muster,+49 30 23125011\n");
    expect(await contacts()).toEqual([anne, expect.objectContaining(two)]);
  });

  it("says who comes first: those who want to be called back, then by priority, then by line", async () => {
    const rows = ["10,,", "11,5,", "12,-3,", "13,,2026-11-24 10:00", "14,5,"];
    await imported(`Phone,Priority,Call back\n${rows.map((row) => `+49 30 23125 0${row}\n`).join("")}`);
    await setMoment(database, MORNING);
    await database.query("update sipgate_call.list set rules = '{\"consentRequired\": false}'");
    const { id: listId } = await makeList(database, "spring");
    const agentId = await agentCalled(database, "anna");
    const order: string[] = [];
    for (const _ of rows) {
      const handed = await handOut(database, { listId, agentId, shownNumber: SHOWN });
      order.push(handed.kind === "contact" ? handed.contact.contact.number.slice(-2) : handed.kind);
    }
    expect(order).toEqual(["13", "11", "14", "10", "12"]);
  });

  it.each([
    ["UTF-8 with a mark", (text: string) => Buffer.from(`\ufeff${text}`)],
    ["Windows-1252", (text: string) => Buffer.from(text, "latin1")],
    ["UTF-16", (text: string) => Buffer.from(`\ufeff${text}`, "utf16le")],
    ["lines as in DOS", (text: string) => Buffer.from(text.replaceAll("\n", "\r\n"))],
  ])("may be written in %s", async (_, encode) => {
    await imported(encode("Name;Telefon;Notiz\nÄnne Groß;030 23125010;grüßt\n"));
    expect(await contacts()).toEqual([expect.objectContaining({ name: "Änne Groß", notes: "grüßt" })]);
  });

  it("is Windows-1252 if its only umlaut comes after a megabyte", async () => {
    const rows = Array.from(
      { length: 20_000 },
      (_, index) => `Contact ${index};+49302312${50000 + index};some notes, and more of them`,
    );
    const text = `Name;Telefon;Notiz\n${rows.join("\n")}\nGroß;030 23125;`;
    const { result } = await imported(Buffer.from(text, "latin1"));
    expect(result.contacts).toBe(20_001);
    expect(await database.query("select 1 from sipgate_call.contact where name = 'Groß'")).toHaveLength(1);
  });

  it("may have line breaks and quotation marks in its cells, and lines are counted with them", async () => {
    const { lines } = await imported('Name,Phone,Notes\n"A ""B"" C",+493023125010,"two\nlines"\nD,12,\n', {
      skipBad: true,
    });
    expect(await contacts()).toEqual([expect.objectContaining({ name: 'A "B" C', notes: "two\nlines" })]);
    expect(lines).toEqual(["4 too-short"]);
  });

  it("with a quotation mark that isn't closed is refused, and says where", async () => {
    const path = imported('Name,Phone\nA,+493023125010\n"B,+493023125011\nC,+493023125012\n');
    await expect(path).rejects.toThrow("In line 3, a quotation mark begins a cell that isn't closed.");
    expect(await numbers()).toEqual([]);
  });

  it("without a column for numbers is refused", async () => {
    await expect(imported("Name;Stadt\nA;Berlin\n")).rejects.toThrow("No column is for phone numbers.");
  });

  it("with several columns for numbers has the first one called that is filled, and keeps the others", async () => {
    await imported("Name;Telefon;Handy\nA;030 23125010;0152 28817386\nB;;0152 28817386\n");
    expect(await contacts()).toEqual([
      expect.objectContaining({ number: "+493023125010", extra: { Handy: "0152 28817386" } }),
      expect.objectContaining({ number: "+4915228817386", extra: null }),
    ]);
  });

  it("can hold what no text of PostgreSQL's can, and formulas stay texts", async () => {
    await imported('Name,Phone,Notes,Other\n"A\0\\N\t",+493023125010,"=1+1","x\0y"\n');
    expect(await contacts()).toEqual([
      expect.objectContaining({ name: "A\\N", notes: "=1+1", extra: { Other: "xy" } }),
    ]);
  });
});

describe("Rows that can't be used", () => {
  const mixed =
    "Name;Telefon;Bundesland;Priorität;Rückruf\nA;030 23125010;;;\nB;;;;\nC;110;Tirol;viel;morgen\nD;030 23125012;;;\n";

  it("are told by line, each with all that is wrong, and nothing is imported", async () => {
    const { result, lines } = await imported(mixed);
    expect(result).toEqual({ isImported: false, contacts: 2, bad: 2, duplicates: 0, objections: 0 });
    expect(lines).toEqual(["3 no-number", "4 emergency", "4 state", "4 priority", "4 call-back"]);
    expect(await numbers()).toEqual([]);
  });

  it("are left out if that is asked for", async () => {
    const { result } = await imported(mixed, { skipBad: true });
    expect(result).toMatchObject({ isImported: true, contacts: 2, bad: 2 });
    expect(await numbers()).toEqual(["+493023125010", "+493023125012"]);
  });

  it("may have been split wrongly", async () => {
    const { lines } = await imported("Name,Phone\nMuster, Bernd,+493023125011\n");
    expect(lines).toContain("2 too-many-cells");
  });

  it("are only told in a dry run, and so is what would be imported", async () => {
    const { result } = await imported("Name;Telefon\nA;030 23125010\n", { dryRun: true });
    expect(result).toMatchObject({ isImported: false, contacts: 1, bad: 0 });
    expect(await numbers()).toEqual([]);
  });
});

describe("Numbers", () => {
  it("that come twice are imported once, and told by line", async () => {
    const { result, problems } = await imported(
      "Name;Telefon\nA;030 23125010\nB;0302312 5011\nA;+49 30 23125010\n",
    );
    expect(result).toMatchObject({ isImported: true, contacts: 2, duplicates: 1 });
    expect(problems).toEqual([{ line: 4, code: "duplicate", message: "Line 2 has this number already." }]);
    const again = await imported("Name;Telefon\nC;030 23125012\nA;030 23125010\nA;030 23125010\n");
    expect(again.problems).toEqual([
      { line: 3, code: "duplicate", message: "The list has this number already." },
      { line: 4, code: "duplicate", message: "The list has this number already." },
    ]);
    expect(await numbers()).toEqual(["+493023125010", "+493023125011", "+493023125012"]);
  });

  it("are told twice, however far apart they are in the file", async () => {
    const notes = "long ".repeat(1_900);
    const rows = Array.from(
      { length: 1_500 },
      (_, index) => `C${index};+4930231250${1000 + (index % 1_499)};${notes}`,
    );
    const { result, problems } = await imported(`Name;Telefon;Notiz\n${rows.join("\n")}\n`);
    expect(result).toMatchObject({ isImported: true, contacts: 1_499, duplicates: 1 });
    expect(problems).toEqual([
      { line: 1_501, code: "duplicate", message: "Line 2 has this number already." },
    ]);
  });

  it("that don't want to be called aren't imported", async () => {
    await addObjection(database, "+493023125010", "asked by letter");
    const { result, lines } = await imported("Name;Telefon\nA;030 23125010\nB;030 23125011\n");
    expect(result).toMatchObject({ isImported: true, contacts: 1, objections: 1 });
    expect(lines).toEqual(["2 do-not-call"]);
    expect(await numbers()).toEqual(["+493023125011"]);
  });

  it("without a country code are those of the country that is told", async () => {
    await imported("Name;Telefon\nA;020 7946 0123\n", { country: "GB" });
    expect(await numbers()).toEqual(["+442079460123"]);
  });
});

describe("Consent", () => {
  const header = "Name;Telefon;Einwilligung am;Einwilligung per;Einwilligungstext";

  it("is kept with when, how and in which words it was given, and what for", async () => {
    await imported(`${header}\nA;030 23125010;01.07.2026 14:30;Webformular;"Ja, rufen Sie mich an."\n`);
    expect(
      await database.query("select number, given_at, how, purpose, words from sipgate_call.consent"),
    ).toEqual([
      {
        number: "+493023125010",
        given_at: new Date("2026-07-01T12:30:00Z"),
        how: "Webformular",
        purpose: "spring",
        words: "Ja, rufen Sie mich an.",
      },
    ]);
  });

  it("of which something isn't told is no proof, and the row is a bad one", async () => {
    const { problems } = await imported(`${header}\nA;030 23125010;01.07.2026;;\n`);
    expect(problems.map(({ message }) => message)).toEqual([
      "The consent is no proof: it isn't told how or in which words it was given.",
    ]);
  });
});

it("vCards are read, too: one contact for each card, by its first number", async () => {
  const card = (name: string, ...lines: string[]) =>
    ["BEGIN:VCARD", "VERSION:3.0", `FN:${name}`, ...lines, "END:VCARD", ""].join("\r\n");
  const { lines } = await imported(
    card(
      "Änne Groß",
      "ORG:Muster GmbH",
      "TEL;TYPE=cell:0152 28817386",
      "TEL;TYPE=work:030 23125010",
      "NOTE:grüßt",
    ) +
      card("Ohne Nummer") +
      card("Bernd", "TEL:030 23125011"),
    { skipBad: true },
  );
  expect(lines).toEqual(["9 no-number"]);
  expect(await contacts()).toEqual([
    expect.objectContaining({
      number: "+4915228817386",
      name: "Änne Groß",
      company: "Muster GmbH",
      notes: "grüßt",
      extra: { "number 2 (work)": "030 23125010" },
    }),
    expect.objectContaining({ number: "+493023125011", name: "Bernd" }),
  ]);
});

it("A failure in the middle leaves nothing of the file in the list", async () => {
  const rows = Array.from({ length: 30_000 }, (_, index) => `Contact ${index};+49302312${50000 + index}`);
  const lost = imported(`Name;Telefon\n${rows.join("\n")}\nX;12\n`, {
    skipBad: true,
    onProblem: () => {
      throw new Error("The screen is gone.");
    },
  });
  await expect(lost).rejects.toThrow("The screen is gone.");
  expect(await numbers()).toEqual([]);
});
