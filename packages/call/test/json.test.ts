// What --json prints, held against docs/json.schema.json: the real output of every command, and the examples in docs/json.md.
import { readFileSync, rmSync } from "node:fs";
import { Ajv2020, type AnySchema } from "ajv/dist/2020.js";
import type { Sandbox } from "sipgate-sandbox";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { COMMAND_NAMES } from "../src/cli/commands/command-names.js";
import type { JsonObject } from "../src/cli/json/json-objects.js";
import { answering } from "./answers.js";
import { loginEnv, signIn } from "./login-steps.js";
import { strictSandbox } from "./support.js";
import { newFolder, type RunOptions, sipgateCall } from "./terminal.js";

/** Every type that is printed, and by what. The compiler keeps the list complete. */
const PRINTED_BY: Readonly<Record<JsonObject["type"], readonly string[]>> = {
  placed: ["dial"],
  state: ["dial"],
  outcome: ["dial"],
  notice: ["dial"],
  warning: ["dial"],
  "dry-run": ["dial"],
  preflight: ["doctor"],
  devices: ["devices"],
  numbers: ["numbers"],
  contact: ["dial"],
  contacts: ["contacts"],
  channels: ["channels"],
  calls: ["calls"],
  balance: ["balance"],
  "past-call": ["history"],
  done: ["hangup", "mute", "unmute", "hold", "resume", "dtmf", "transfer", "record", "announce"],
  user: ["whoami"],
  settings: ["init"],
  "sign-in-url": ["login"],
  "signed-in": ["login"],
  "signed-out": ["logout"],
  profiles: ["profiles"],
  config: ["config"],
  error: ["dial", "redial"],
  trace: ["balance"],
};
const TYPES = Object.keys(PRINTED_BY);

const read = (path: string) => readFileSync(new URL(`../../../${path}`, import.meta.url), "utf8");
const schema = JSON.parse(read("docs/json.schema.json"));
const ajv = new Ajv2020({ allErrors: true, formats: { "date-time": /^\d{4}-\d\d-\d\dT[\d:.]+Z$/ } });
ajv.addSchema(closed(schema) as AnySchema, "json");

/** The same, but fields that it doesn't name are refused: what is printed has to be documented. */
function closed(node: unknown): unknown {
  if (Array.isArray(node)) return node.map(closed);
  if (typeof node !== "object" || node === null) return node;
  const copy = Object.fromEntries(Object.entries(node).map(([name, value]) => [name, closed(value)]));
  return "required" in copy && "properties" in copy ? { additionalProperties: false, ...copy } : copy;
}

/** The object in a line, which has to be as the schema says. */
function valid(line: string): { readonly type: string; readonly command?: string } {
  const object = JSON.parse(line);
  const validate = ajv.getSchema(`json#/$defs/${object.type}`);
  expect(validate?.(object), `${line}\n${ajv.errorsText(validate?.errors)}`).toBe(true);
  return object;
}

const valids = (text: string) =>
  text
    .split("\n")
    .filter((line) => line !== "")
    .map(valid);

describe("docs/json.schema.json", () => {
  it("has every type, and no other", () => {
    expect(schema.oneOf.map(({ $ref }: { $ref: string }) => $ref)).toEqual(
      TYPES.map((type) => `#/$defs/${type}`),
    );
  });

  it("is a schema that takes an object of one type and refuses one without", () => {
    const validate = new Ajv2020({ formats: { "date-time": true } }).compile(schema);
    expect(validate({ type: "balance", amount: 1, currency: "EUR" })).toBe(true);
    expect(validate({ amount: 1, currency: "EUR" })).toBe(false);
  });
});

it("docs/json.md has a valid example of every type", () => {
  const examples = [...read("docs/json.md").matchAll(/```json\n([\s\S]*?)```/g)].flatMap(([, text = ""]) =>
    valids(text),
  );
  expect(new Set(examples.map(({ type }) => type))).toEqual(new Set(TYPES));
});

describe("the real output", () => {
  let sandbox: Sandbox;
  let env: Record<string, string>;
  let folder: string;
  /** The types that each command has printed. */
  const seen = new Map<string, Set<string>>();

  beforeAll(async () => {
    sandbox = await strictSandbox({ clock: "manual" });
    const { baseUrl, tokenId, token } = sandbox.classic;
    env = { SIPGATE_BASE_URL: baseUrl, SIPGATE_TOKEN_ID: tokenId, SIPGATE_TOKEN: token };
    folder = newFolder();
  });
  afterAll(async () => {
    rmSync(folder, { recursive: true });
    await sandbox.close();
  });

  const note = (command: string, text: string) => {
    const objects = valids(text);
    seen.set(command, new Set([...(seen.get(command) ?? []), ...objects.map(({ type }) => type)]));
    return objects;
  };
  const run = async (args: readonly string[], options: RunOptions = { env }) => {
    const { out, err } = await sipgateCall([...args, "--json"], options);
    return note(args[0] ?? "", out + err);
  };
  const types = async (...given: Parameters<typeof run>) => (await run(...given)).map(({ type }) => type);
  const dial = (callee: string, ...args: string[]) => types(["dial", callee, "--no-preflight", ...args]);

  it("of dial begins with the call and ends with its outcome", async () => {
    const args = [
      "--push-listen",
      "127.0.0.1:0",
      "--push-url",
      "https://example.com/",
      "--ring-timeout",
      "1",
    ];
    const following = dial("+493023125000", "--caller", "e3", ...args);
    await vi.waitFor(() => expect(sandbox.calls[0]?.state).toBe("ended"), 10_000);
    await sandbox.clock.advance(10_000);
    expect(await following).toEqual(["placed", "state", "notice", "state", "warning", "outcome"]);
    expect(await dial("+493023125000", "--caller", "e0", "--dry-run")).toEqual(["dry-run"]);
    expect(await dial("Müller GmbH", "--caller", "e0", "--dry-run")).toEqual(["contact", "dry-run"]);
  });

  it("of what reads is one object", async () => {
    const neo = { ...env, SIPGATE_TOKEN_ID: sandbox.neo.tokenId, SIPGATE_TOKEN: sandbox.neo.token };
    expect(
      await Promise.all([
        ...["devices", "numbers", "contacts", "balance"].map((command) => types([command])),
        types(["whoami"]),
        types(["channels"], { env: neo }),
        types(["doctor", "--caller", "e0"]),
        types(["history"]),
        types(["config"]),
      ]),
    ).toEqual([
      ...[
        "devices",
        "numbers",
        "contacts",
        "balance",
        "user",
        "channels",
        "preflight",
        "past-call",
        "config",
      ].map((type) => [type]),
    ]);
  });

  it("of what is done to a running call names the command", async () => {
    const isDone = async (line: string) => {
      const [command = "", ...args] = line.split(" ");
      expect(await run([command, ...args])).toMatchObject([{ type: "done", command }]);
    };
    const connect = async () => {
      await dial("+493023125001", "--caller", "e0");
      await sandbox.clock.advance(60_000);
    };
    await connect();
    expect(await types(["calls"])).toEqual(["calls"]);
    const together = [
      "mute",
      "unmute",
      "hold",
      "resume",
      "record",
      "dtmf 1",
      "announce https://a.example/a.wav",
    ];
    await Promise.all(together.map(isDone));
    await isDone("transfer +494066969000");
    await connect();
    await isDone("hangup");
  });

  it("of init tells what was written, with the test call", async () => {
    const { tokenId, token, baseUrl } = sandbox.classic;
    const stdin = [tokenId, token, "e0", "", "", "y", "030/23125002", ""].join("\n");
    const objects = await run(["init", "--base-url", baseUrl], { folder, stdin });
    const callId = sandbox.calls.at(-1)?.id;
    expect(objects).toMatchObject([{ type: "settings", callId, sessionId: callId }]);
    rmSync(`${folder}/.env`);
  });

  it("of signing in and out", async () => {
    const given = loginEnv(sandbox, folder);
    note("login", (await signIn(sandbox, given, ["--json"])).out);
    expect(await types(["whoami"], { env: given })).toEqual(["user"]);
    expect(await types(["profiles"], { env: given })).toEqual(["profiles"]);
    expect(await types(["logout"], { env: given })).toEqual(["signed-out"]);
  });

  it("of errors and traces is on standard error", async () => {
    const { out, err } = await sipgateCall(["balance", "--json", "--verbose"], { env });
    expect(note("balance", out)).toHaveLength(1);
    expect(new Set(note("balance", err).map(({ type }) => type))).toEqual(new Set(["trace"]));
    const server = await answering({ status: 500, body: "no" });
    const broken = { ...env, SIPGATE_BASE_URL: server.baseUrl };
    for (const args of [
      ["dial", "+493023125000", "--caller", "e0", "--search-for", "1"],
      ["dial", "--callr", "e0"],
      ["dial", "112"],
      ["dial", "Müller", "--caller", "e0", "--sandbox"],
      ["dial", "030 23125000 or 001"],
      ["redial"],
    ]) {
      const failed = await sipgateCall([...args, "--json"], { env: broken });
      expect(failed.out).toBe("");
      expect(note(args[0] ?? "", failed.err)).toMatchObject([{ type: "error" }]);
    }
    await server.close();
  });

  it("has been seen of every command, and every type", () => {
    // completion prints scripts for shells, and list is another package's.
    const printing = COMMAND_NAMES.filter((name) => !["completion", "list"].includes(name));
    expect([...seen.keys()].sort()).toEqual(printing.sort());
    for (const [type, commands] of Object.entries(PRINTED_BY))
      for (const command of commands)
        expect([...(seen.get(command) ?? [])], `${command} prints ${type}`).toContain(type);
  });
});
