// GET /history (classic) and GET /channels/{channelId}/events (neo).
import { CLASSIC_ON_NEO_PATHS } from "../guesses.js";
import type { HistoryEntry } from "../switch/history.js";
import { wholeNumber } from "./account.js";
import { type Exchange, json, type Reply, refuse } from "./exchange.js";

const MOST = 1_000;
const DEFAULT_LIMIT = 10;
const TYPES = ["CALL", "VOICEMAIL", "SMS", "FAX"];
const DIRECTIONS = ["INCOMING", "OUTGOING", "MISSED_INCOMING", "MISSED_OUTGOING"];

export function listHistory({ account, query, world }: Exchange): Reply {
  const offset = wholeNumber(query, "offset", 0);
  const limit = wholeNumber(query, "limit", DEFAULT_LIMIT);
  if (offset === undefined || limit === undefined || limit > MOST)
    return refuse(400, `limit is 0 to ${MOST}`, "/limit");
  const problem = filterProblem(query);
  if (problem !== undefined) return refuse(400, `${problem} is invalid`, `/${problem}`);
  const found = world.history.entries(account).filter((entry) => isWanted(entry, query));
  return json({ items: found.slice(offset, offset + limit), totalCount: found.length });
}

export function listEvents({ account, path, world }: Exchange): Reply {
  const { tenant } = account;
  if (tenant.platform === "classic") return refuse(CLASSIC_ON_NEO_PATHS, "Not found");
  const channel = tenant.channels.find(({ id }) => id === path.channelId);
  return channel === undefined
    ? refuse(404, "Channel not found")
    : json({ items: world.history.events(account, channel.id) });
}

/** The name of the first filter that can't be understood. */
function filterProblem(query: URLSearchParams): string | undefined {
  if (!query.getAll("types").every((type) => TYPES.includes(type))) return "types";
  if (!query.getAll("directions").every((direction) => DIRECTIONS.includes(direction))) return "directions";
  return ["from", "to"].find((name) => query.has(name) && Number.isNaN(Date.parse(query.get(name) ?? "")));
}

function isWanted(entry: HistoryEntry, query: URLSearchParams): boolean {
  const [from, to] = [query.get("from"), query.get("to")].map((time) =>
    time === null ? undefined : Date.parse(time),
  );
  const created = Date.parse(entry.created);
  return (
    allows(query.getAll("types"), entry.type) &&
    allows(query.getAll("directions"), entry.direction) &&
    allows(query.getAll("connectionIds"), ...entry.connectionIds) &&
    query.get("archived") !== "true" &&
    !query.getAll("starred").includes("STARRED") &&
    (from === undefined || created >= from) &&
    (to === undefined || created <= to) &&
    concerns(entry, query.get("phonenumber"))
  );
}

function allows(filter: readonly string[], ...values: readonly string[]): boolean {
  return filter.length === 0 || values.some((value) => filter.includes(value));
}

function concerns({ source, target }: HistoryEntry, number: string | null): boolean {
  return (
    number === null || [source, target].some((known) => known === number || known === `+${number.trim()}`)
  );
}
