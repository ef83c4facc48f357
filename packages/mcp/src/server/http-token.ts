import { randomBytes } from "node:crypto";
import { join } from "node:path";
import { stateFolder } from "../files/folders.js";
import { createOnce, readJson } from "../files/private-files.js";

const NAME = "http-token.json";

/** The bearer token: that of the environment, or else one that is kept for this user. */
export function httpToken(sandbox: boolean): { readonly token: string; readonly from: string } {
  const given = process.env.SIPGATE_MCP_TOKEN;
  if (given !== undefined && given !== "") {
    if (given.length < 16) throw new Error("SIPGATE_MCP_TOKEN is too short: give 16 characters or more.");
    return { token: given, from: "SIPGATE_MCP_TOKEN" };
  }
  const folder = stateFolder(sandbox);
  createOnce(folder, NAME, { token: randomBytes(32).toString("base64url") });
  const kept = readJson(folder, NAME) as { readonly token: string };
  return { token: kept.token, from: join(folder, NAME) };
}
