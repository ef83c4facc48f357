// Calling by name: whose number is dialled, and when nobody's is.
import type { Sandbox } from "sipgate-sandbox";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openTerminal } from "./pty.js";
import { strictSandbox } from "./support.js";
import { type Run, sipgateCall } from "./terminal.js";

let sandbox: Sandbox;
let env: Record<string, string>;

beforeAll(async () => {
  sandbox = await strictSandbox();
  const { tokenId, token } = sandbox.classic;
  env = { SIPGATE_BASE_URL: sandbox.baseUrl, SIPGATE_TOKEN_ID: tokenId, SIPGATE_TOKEN: token };
});
afterAll(() => sandbox.close());

const objects = ({ out, err }: Run) =>
  `${out}${err}`
    .split("\n")
    .filter((line) => line.startsWith("{"))
    .map((line) => JSON.parse(line));

const called = () => sandbox.calls.length;

describe("A callee given by name", () => {
  it("is dialled if it's the full name of a contact, in any case, after the number was shown", async () => {
    const { code, out, err } = await sipgateCall(["müller  gmbh", "--caller", "e0", "--no-follow"], { env });
    expect(err).toContain("Müller GmbH: +493023125005 (work), from sipgate, shared");
    expect(out).toContain("Status: 200");
    expect(code).toBe(0);
    expect(sandbox.calls.at(-1)).toMatchObject({ callee: "+493023125005" });
  });

  it.each([
    ["Müller", ["Müller GmbH", "Eva Müller", "Eva Müller"]],
    ["mueller", ["Müller GmbH", "Eva Müller", "Eva Müller"]],
    ["Mueller GmbH", ["Müller GmbH"]],
    ["Ada", ["Ada Sandbox"]],
    ["Eva Müller", ["Eva Müller", "Eva Müller"]],
  ])("is refused in a script if it's %s, with the contacts that may be meant", async (name, names) => {
    const before = called();
    const run = await sipgateCall([name, "--caller", "e0", "--json"], { env });
    const [error] = objects(run);
    expect(error).toMatchObject({ type: "error", code: "several-contacts", placed: "no" });
    expect(error.candidates.map((entry: { name: string }) => entry.name)).toEqual(names);
    expect(run.code).toBe(2);
    expect(called()).toBe(before);
  });

  it("isn't asked for again if it's full and has two numbers", async () => {
    const { err } = await sipgateCall(["Eva Müller", "--caller", "e0"], { env });
    expect(err).toContain("Give the number that you mean:");
    expect(err).not.toContain("full name");
  });

  it("is refused if no contact has it", async () => {
    const { code, err } = await sipgateCall(["Nobody at all", "--caller", "e0"], { env });
    expect(err).toContain('"Nobody at all" is no phone number, and no contact has this name.');
    expect(err).toContain("Nothing was dialled.");
    expect(code).toBe(2);
  });

  it.each(["dail", "histroy", "hangpu"])("is never meant by %s, a near miss of a command", async (word) => {
    const { code, err } = await sipgateCall([word, "--caller", "e0"], { env: {} });
    expect(code).not.toBe(0);
    expect(err).not.toContain("Similar");
  });

  it("is asked for on a terminal if only a part was typed, and Escape calls nobody", async () => {
    const before = called();
    const terminal = openTerminal(["Eva Müller", "--caller", "e0", "--no-follow"], env);
    await terminal.sees("Which one?");
    terminal.press("\u001b");
    expect(await terminal.exitCode).toBe(2);
    expect(terminal.shown()).toContain("No contact was chosen.");
    expect(called()).toBe(before);
  });

  it("is dialled if it was chosen on a terminal", async () => {
    const terminal = openTerminal(["eva", "--caller", "e0", "--no-follow"], env);
    await terminal.sees("Eva Müller: +4915228817386 (cell)");
    terminal.press("\u001b[B\r");
    expect(await terminal.exitCode).toBe(0);
    expect(sandbox.calls.at(-1)).toMatchObject({ callee: "+4915228817386" });
  });

  it("is checked as any number is", async () => {
    const files = { "book.csv": "Name;Telefon\nNotruf;112\nHotline;0900 1234567\n" };
    for (const name of ["Notruf", "Hotline"]) {
      const args = [name, "--caller", "e0", "--contacts", "book.csv", "--json"];
      const run = await sipgateCall(args, { env, files });
      expect(objects(run).at(-1)).toMatchObject({ code: "invalid-request", placed: "no" });
    }
  });

  it("shows no control characters of an address book", async () => {
    const files = { "book.csv": 'Name,Phone\n"Eve\u001b[2J\u202elive",030 23125 000\n' };
    const { err } = await sipgateCall(["eve", "--caller", "e0", "--contacts", "book.csv"], { env, files });
    expect(err).toContain("Eve\\u{1b}[2J\\u{202e}live");
  });
});

describe("A caller given by name", () => {
  it("is the phone of this name", async () => {
    const { code } = await sipgateCall(["+493023125000", "--caller", "desk PHONE", "--no-follow"], { env });
    expect(code).toBe(0);
    expect(sandbox.calls.at(-1)).toMatchObject({ caller: "e0" });
  });

  it("is refused with the list of phones if none has it", async () => {
    const { code, err } = await sipgateCall(["+493023125000", "--caller", "Dest phone"], { env });
    expect(err).toContain('--caller: No phone of yours is called "Dest phone".');
    expect(err).toContain('e0 "Desk phone"');
    expect(code).toBe(2);
  });
});

const VCARDS = [
  "BEGIN:VCARD",
  "VERSION:4.0",
  "FN:Zoë Ärmel\\, Dr.",
  "ORG:Ärmel GmbH;Einkauf",
  'item1.TEL;VALUE=uri;TYPE="voice,cell":tel:+49-30-23125-001',
  "TEL;TYPE=fax:+493023125009",
  "PHOTO:data:image/png;base64,AAAA",
  "  BBBB",
  "END:VCARD",
  "BEGIN:VCARD",
  "VERSION:2.1",
  "N;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:M=C3=BCller;J=",
  "=C3=B6rg",
  "TEL;WORK;VOICE:030 23125-002",
  "END:VCARD",
  "BEGIN:VCARD",
  "VERSION:3.0",
  "FN:Nobody without a",
  "  number",
  "END:VCARD",
  "",
].join("\r\n");
const GOOGLE = [
  "First Name,Last Name,Organization Name,Phone 1 - Label,Phone 1 - Value,Phone 2 - Value",
  'Zoë,"Ärmel, Dr.",Ärmel GmbH,Work,+49 30 23125001,',
  "Jörg,Müller,,Home,030 23125-002,030 23125-003",
].join("\n");
const GERMAN =
  "\ufeffVorname;Nachname;Firma;Telefon geschäftlich;Mobiltelefon;Fax\r\nJörg;Müller;;030 23125-002;;030 23125-009\r\n";

describe("Contacts of a file", () => {
  const list = async (file: string | Uint8Array, name = "book") => {
    const run = await sipgateCall(["contacts", "--sandbox", "--contacts", name, "--json"], {
      files: { [name]: file },
    });
    const [object] = objects(run);
    if (object.type === "error") return object;
    return object.contacts
      .filter(({ origin }: { origin: string }) => origin === name)
      .map((entry: Record<string, string>) => [entry.name, entry.organization, entry.number, entry.kind]);
  };

  it("are read from vCards of every version", async () => {
    expect(await list(VCARDS)).toEqual([
      ["Zoë Ärmel, Dr.", "Ärmel GmbH", "+49-30-23125-001", "cell"],
      ["Jörg Müller", undefined, "030 23125-002", "work"],
    ]);
  });

  it("are read from a table as Google exports it", async () => {
    expect(await list(GOOGLE)).toEqual([
      ["Zoë Ärmel, Dr.", "Ärmel GmbH", "+49 30 23125001", "Work"],
      ["Jörg Müller", undefined, "030 23125-002", "Home"],
      ["Jörg Müller", undefined, "030 23125-003", "Phone 2 - Value"],
    ]);
  });

  it("are read from a German table, with semicolons, in each usual encoding", async () => {
    const expected = [["Jörg Müller", undefined, "030 23125-002", "Telefon geschäftlich"]];
    expect(await list(GERMAN)).toEqual(expected);
    expect(await list(Buffer.from(GERMAN.slice(1), "latin1"))).toEqual(expected);
    expect(await list(Buffer.from(GERMAN, "utf16le"))).toEqual(expected);
  });

  it.each([
    ["a table without names", "a;b\n1;2\n", "neither a vCard nor a table"],
    ["nothing", "", "neither a vCard nor a table"],
  ])("are refused if it holds %s", async (_, text, message) => {
    const error = await list(text);
    expect(error).toMatchObject({ code: "invalid-settings", problems: [{ field: "--contacts" }] });
    expect(error.message).toContain(message);
  });

  it("are refused if it isn't there or is a folder", async () => {
    for (const path of ["nowhere.vcf", "."]) {
      const run = await sipgateCall(["contacts", "--sandbox", "--contacts", path, "--json"]);
      expect(objects(run)[0]).toMatchObject({ code: "invalid-settings" });
      expect(run.code).toBe(3);
    }
  });
});

it("Contacts are found by parts of the name or company, in any spelling of an umlaut", async () => {
  const { out } = await sipgateCall(["contacts", "mueller"], { env });
  expect(out.split("\n").map((line) => line.split("  ")[0])).toEqual([
    "NAME",
    "Müller GmbH",
    "Eva Müller",
    "Eva Müller",
    "",
  ]);
});
