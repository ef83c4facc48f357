// What is changed in a program's settings: an entry for this server, and nothing else.
import { existsSync, readFileSync, statSync } from "node:fs";
import type { Program } from "./programs.js";

export interface Change {
  readonly before: string | undefined;
  readonly after: string;
  /** The lines that would be new. */
  readonly added: readonly string[];
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
  const known = new Set((before ?? "").split("\n").map(lineOf));
  const added = after.split("\n").filter((line) => !known.has(lineOf(line)));
  return { before, after, added };
}

/** A comma at the end of a line that was the last one is no news. */
const lineOf = (line: string) => line.trimEnd().replace(/,$/, "");

function changedJson(before: string | undefined, key: "mcpServers" | "servers", start: Start): string {
  const settings = parsed(before?.trim() || "{}");
  const servers = settings[key] ?? {};
  if (!isObject(servers)) throw new Error(`"${key}" in it isn't an object.`);
  const entry = key === "servers" ? { type: "stdio", ...start } : start;
  const indent = /\n([ \t]+)"/.exec(before ?? "")?.[1] ?? "  ";
  return `${JSON.stringify({ ...settings, [key]: { ...servers, [ENTRY]: entry } }, null, indent)}\n`;
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
