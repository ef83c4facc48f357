import { RECORDING_PATH } from "../assumptions.js";
import type { HistoryEntry } from "../history/history-entry.js";

/**
 * An entry of the history as JSON shows it.
 * @param origin the sandbox's own
 */
export function historyEntryBody(entry: HistoryEntry, origin: string): object {
  const { id, callId, source, target, extension, direction, status, callStatus, duration } = entry;
  const { read, archived, starred, note } = entry;
  return {
    id,
    callId,
    source,
    target,
    sourceAlias: "",
    targetAlias: "",
    type: "CALL",
    created: isoSeconds(entry.createdAt),
    lastModified: isoSeconds(entry.lastModifiedAt),
    direction,
    incoming: false,
    status,
    callStatus,
    duration,
    connectionIds: [extension],
    read,
    archived,
    starred,
    note,
    labels: [],
    endpoints: [{ type: "ROUTED", endpoint: { extension, type: "REGISTER" } }],
    recordings: entry.recordings.map((recordingId) => ({
      id: recordingId,
      url: `${origin}${RECORDING_PATH}/${recordingId}`,
    })),
  };
}

const COLUMNS = ["id", "type", "direction", "source", "target", "created", "duration", "status", "note"];

/** Entries of the history as a table in CSV (RFC 4180). The columns are assumed. */
export function historyCsv(entries: readonly HistoryEntry[]): string {
  const rows = entries.map(({ id, direction, source, target, createdAt, duration, status, note }) =>
    [id, "CALL", direction, source, target, isoSeconds(createdAt), String(duration), status, note].map(cell),
  );
  return [COLUMNS, ...rows].map((row) => `${row.join(",")}\r\n`).join("");
}

function cell(text: string): string {
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** UTC in whole seconds, as in sipgate's examples. */
function isoSeconds(time: number): string {
  return `${new Date(time).toISOString().slice(0, 19)}Z`;
}
