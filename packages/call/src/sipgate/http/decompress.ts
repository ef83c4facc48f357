import { promisify } from "node:util";
import { MAX_ANSWER_BYTES } from "./http.js";

const LIMIT = { maxOutputLength: MAX_ANSWER_BYTES };

/** @throws Error for what isn't encoded so, what would be larger than any answer, and encodings that aren't known */
export async function decompress(body: Buffer, encoding: string): Promise<Buffer> {
  // Nobody asks for compressed answers, and proxies give them all the same.
  const { brotliDecompress, gunzip, inflate } = await import("node:zlib");
  switch (encoding.toLowerCase()) {
    case "identity":
      return body;
    case "gzip":
    case "x-gzip":
      return promisify(gunzip)(body, LIMIT);
    case "deflate":
      return promisify(inflate)(body, LIMIT);
    case "br":
      return promisify(brotliDecompress)(body, LIMIT);
    default:
      throw new Error("This Content-Encoding isn't known.");
  }
}
