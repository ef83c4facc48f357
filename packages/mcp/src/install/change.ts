// What is changed in a program's settings: an entry for this server, and nothing else.
import { existsSync, readFileSync, statSync } from "node:fs";
import type { Program } from "./programs.js";

export interface Change {
  readonly before: string | undefined;
  readonly after: string;
  /** The lines that would be new. */
  readonly added: readonly string[];
  /** The lines that would be gone. */
  readonly removed: readonly string[];
}

/** How a program starts the server. */
export interface Start {
  readonly command: string;
  readonly args: readonly string[];
}

export const ENTRY = "sipgate-call";

/** @throws Error, in a sentence, if the file can't be changed without losing something */
export function changeFor({ file, format }: Program, start: Start): Change {
  const before = existsSync(file) ? readFileSync(file, "utf8") : undefined;
  const after = format === "toml" ? changedToml(before ?? "", start) : changedJson(before, format, start);
  return {
    before,
    after,
    added: linesMissing(before ?? "", after),
    removed: linesMissing(after, before ?? ""),
  };
}

/** The lines of a text that another text doesn't have, or not so often. */
function linesMissing(other: string, text: string): string[] {
  const left = other.split("\n").map(lineOf);
  return text.split("\n").filter((line) => {
    const at = left.indexOf(lineOf(line));
    if (at >= 0) left.splice(at, 1);
    return at < 0;
  });
}

/** A comma at the end of a line that was the last one is no news. */
const lineOf = (line: string) => line.trimEnd().replace(/,$/, "");

function changedJson(before: string | undefined, key: "mcpServers" | "servers", start: Start): string {
  const settings = parsed(before?.trim() || "{}");
  const servers = settings[key] ?? {};
  if (!isObject(servers)) throw new Error(`"${key}" in it isn't an object.`);
  const entry = mergedEntry(servers[ENTRY], key === "servers" ? { type: "stdio", ...start } : start);
  const indent = /\n([ \t]+)"/.exec(before ?? "")?.[1] ?? "  ";
  return `${JSON.stringify({ ...settings, [key]: { ...servers, [ENTRY]: entry } }, null, indent)}\n`;
}

/** Options of the server that take a value. */
const WITH_VALUE = ["--rules", "--env-file"];

/**
 * What the person has set in an entry stays: everything but the command and its path, and options that aren't given now.
 *
 * @throws Error, in a sentence, if it's an entry of another kind
 */
function mergedEntry(existing: unknown, entry: Start & { readonly type?: string }): Record<string, unknown> {
  if (existing === undefined) return { ...entry };
  const { args = [], url } = isObject(existing) ? existing : {};
  if (!isObject(existing) || url !== undefined || !isTexts(args))
    throw new Error(`Its entry "${ENTRY}" isn't one that starts a command.`);
  const [path = "", ...given] = entry.args;
  const names = given.filter((word) => word.startsWith("--"));
  return { ...existing, ...entry, args: [path, ...given, ...keptOptions(args, names)] };
}

/** @param given the options that replace those of the same name */
function keptOptions(args: readonly string[], given: readonly string[]): string[] {
  const first = args.findIndex((word) => word.startsWith("--"));
  const kept: string[] = [];
  for (let at = first < 0 ? args.length : first; at < args.length; at += 1) {
    const word = args[at] ?? "";
    const isPair = WITH_VALUE.includes(word);
    const words = args.slice(at, at + (isPair ? 2 : 1));
    if (isPair) at += 1;
    if (!given.includes(word.replace(/=.*/, ""))) kept.push(...words);
  }
  return kept;
}

function isTexts(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((item) => typeof item === "string");
}

function parsed(text: string): Record<string, unknown> {
  let settings: unknown;
  try {
    settings = JSON.parse(text);
  } catch {
    throw new Error("It isn't plain JSON (comments would be lost).");
  }
  if (!isObject(settings)) throw new Error("It isn't an object.");
  const outsideTexts = text.replaceAll(/"(?:[^"\\]|\\.)*"?/g, '""');
  if (outsideTexts.match(/\d{16,}/g)?.some((digits) => !Number.isSafeInteger(Number(digits))))
    throw new Error("It has a number that would be rounded.");
  return settings;
}

/** The entry's name as a key, in any of TOML's spellings; not the end of a path such as `/home/me/sipgate-call`. */
const TOML_ENTRY = new RegExp(`(?:^|[\\s.{,[])["']?${ENTRY}["']?[ \\t]*[\\].=]`);

function hasTomlEntry(text: string): boolean {
  return text.split("\n").some((line) => TOML_ENTRY.test(line.replace(/#.*/, "")));
}

/** An array is a TOML array of JSON strings, which TOML reads as well. */
function changedToml(before: string, { command, args }: Start): string {
  if (hasTomlEntry(before)) throw new Error(`It has mcp_servers.${ENTRY} already.`);
  if (/^[ \t]*mcp_servers[ \t]*=/m.test(before)) throw new Error("Its mcp_servers can't be added to.");
  const block = [
    `[mcp_servers.${ENTRY}]`,
    `command = ${JSON.stringify(command)}`,
    `args = ${JSON.stringify(args)}`,
  ];
  const start = before === "" || before.endsWith("\n") ? before : `${before}\n`;
  return `${start}${start === "" ? "" : "\n"}${block.join("\n")}\n`;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The file's own permissions, or for a new file its user's alone. */
export function modeOf(file: string): number {
  return existsSync(file) ? statSync(file).mode & 0o777 : 0o600;
}
