// A text file as spreadsheets and address books write it, read piece by piece: it may be larger than memory.
import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import { ListsError } from "../lists-error.js";

export interface TextFile {
  /** Its beginning, with at most some thousand lines. */
  readonly head: string;
  /** All of it. Every line ends with `\n`. */
  text(): AsyncIterable<string>;
}

type Encoding = "utf-8" | "utf-16le" | "windows-1252";

const PIECE_BYTES = 256 * 1024;

/**
 * Opens a text file in UTF-8, in UTF-16 if it says so, or in the encoding that German spreadsheets still write.
 *
 * @throws ListsError if it can't be read
 */
export async function openTextFile(path: string): Promise<TextFile> {
  try {
    // A pipe can't be read twice, and might make us wait for ever.
    if (!(await stat(path)).isFile()) throw unreadable(path, "isn't a file");
    const encoding = await encodingOf(path);
    const text = () => linesUnified(decoded(path, encoding));
    let head = "";
    for await (const piece of text()) {
      head = piece;
      if (head !== "") break;
    }
    return { head, text };
  } catch (error) {
    if (error instanceof ListsError) throw error;
    const code = error instanceof Error && "code" in error ? String(error.code) : "unknown reason";
    throw unreadable(path, `can't be read (${code})`);
  }
}

function unreadable(path: string, what: string): ListsError {
  return new ListsError("file", `"${path}" ${what}.`, "Give a file with contacts, CSV or vCard.");
}

/** Bytes that aren't UTF-8 may come late, so all of the file is looked at. */
async function encodingOf(path: string): Promise<Encoding> {
  const decoder = new TextDecoder("utf-8", { fatal: true });
  let isFirst = true;
  for await (const bytes of pieces(path)) {
    if (isFirst && bytes[0] === 0xff && bytes[1] === 0xfe) return "utf-16le";
    isFirst = false;
    try {
      decoder.decode(bytes, { stream: true });
    } catch {
      return "windows-1252";
    }
  }
  return "utf-8";
}

async function* decoded(path: string, encoding: Encoding): AsyncGenerator<string> {
  const decoder = new TextDecoder(encoding);
  for await (const bytes of pieces(path)) yield decoder.decode(bytes, { stream: true });
  yield decoder.decode();
}

const pieces = (path: string): AsyncIterable<Buffer> =>
  createReadStream(path, { highWaterMark: PIECE_BYTES });

async function* linesUnified(texts: AsyncIterable<string>): AsyncGenerator<string> {
  let kept = "";
  for await (const text of texts) {
    const whole = kept + text;
    kept = whole.endsWith("\r") ? "\r" : "";
    const piece = kept === "" ? whole : whole.slice(0, -1);
    yield piece.includes("\r") ? piece.replace(/\r\n?/g, "\n") : piece;
  }
  yield "\n"; // The last line may lack it.
}
