import { promisify } from "node:util";
import { brotliDecompress, gunzip, inflate } from "node:zlib";
import { MAX_ANSWER_BYTES } from "./http.js";

const WAYS: Readonly<Record<string, (body: Buffer) => Promise<Buffer>>> = {
  identity: async (body) => body,
  gzip: (body) => promisify(gunzip)(body, LIMIT),
  "x-gzip": (body) => promisify(gunzip)(body, LIMIT),
  deflate: (body) => promisify(inflate)(body, LIMIT),
  br: (body) => promisify(brotliDecompress)(body, LIMIT),
};

const LIMIT = { maxOutputLength: MAX_ANSWER_BYTES };

/** @throws Error for what isn't encoded so, what would be larger than any answer, and encodings that aren't known */
export async function decompress(body: Buffer, encoding: string): Promise<Buffer> {
  const way = Object.hasOwn(WAYS, encoding.toLowerCase()) ? WAYS[encoding.toLowerCase()] : undefined;
  if (way === undefined) throw new Error("This Content-Encoding isn't known.");
  return way(body);
}
