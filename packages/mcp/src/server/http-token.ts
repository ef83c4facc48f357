import { randomBytes } from "node:crypto";
import { join } from "node:path";
import { stateFolder } from "../files/folders.js";
import { createOnce, isObject, readJson } from "../files/private-files.js";

const NAME = "http-token.json";

/** The bearer token: that of the environment, or else one that is kept for this user. */
export function httpToken(sandbox: boolean): { readonly token: string; readonly from: string } {
  const given = process.env.SIPGATE_MCP_TOKEN;
  if (given !== undefined && given !== "") {
    if (!isLong(given)) throw new Error("SIPGATE_MCP_TOKEN is too short: give 16 characters or more.");
    return { token: given, from: "SIPGATE_MCP_TOKEN" };
  }
  const folder = stateFolder(sandbox);
  createOnce(folder, NAME, { token: randomBytes(32).toString("base64url") });
  const kept = readJson(folder, NAME);
  const from = join(folder, NAME);
  if (isObject(kept) && isLong(kept.token)) return { token: kept.token, from };
  throw new Error(`${from} has no token. Remove it: then a new one is made.`);
}

function isLong(token: unknown): token is string {
  return typeof token === "string" && token.length >= 16;
}
