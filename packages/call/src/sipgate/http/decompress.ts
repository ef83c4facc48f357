import { promisify } from "node:util";
import { MAX_RESPONSE_BYTES } from "./http.js";

const LIMIT = { maxOutputLength: MAX_RESPONSE_BYTES };

/**
 * @throws Error for a body that isn't encoded so or would be larger than any response, and for an unknown
 * encoding
 */
export async function decompress(body: Buffer, encoding: string): Promise<Buffer> {
  // We don't ask for compressed responses, but proxies send them nevertheless.
  const { brotliDecompress, gunzip, inflate } = process.getBuiltinModule("node:zlib");
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
