// Whether sipgate has signed a pushed event: RSA-SHA256 (PKCS #1 v1.5) over the raw body.

import { webCrypto } from "../../call/web-crypto.js";

// sipgate's public key, as in its official library `sipgateio` 2.15.1.
const SIPGATE_KEY = `
MIICIjANBgkqhkiG9w0BAQEFAAOCAg8AMIICCgKCAgEAvFdlnqRfO5TmqzjtsFVCqPz+oW+poi3lXQFvMJJMEAtlU4MbX+yuIkgnC+Qt3AQWIK+oWSEQ
iybg+p39wEMl16PZxEzf9gONQvTg1XhyHnwqYUFQj/AoxPKGYC3jmdjZ224SrESiTN3CdxoOc3vkcXiQstYE7SxnksPtzfk0aIOkicim5/tAP9izNQ18
/zmX3ChjK2k72gf5dDlq+qZ8pRiHAPZ64TySH6cLQDhaoh6Nbq8FEG3usXXPClbUMh2DZaTMPafpd+LNuTngJ/y+KoZasVuFfXAeBqGA6l5d4Uedfr99
Z6qjwDrJ8sU4z2Do9bJrbuqP+mOXEebhSI1Kvi8trEfrIt8hnDBGsBaB9NEO3kYxvDT2/PhC9fNYFocjEpZNd7/mUqTJDYlpa4UCNDQaU+ATdXG8/P5s
GAegks6MQTu+qe9XTO0CV48eswDkz6g3UbLOwmrJK59SjD3JyAZ52sluwyDKRWw/PPTt8BTQLjvkdbiLUlc4ehJ4b1X7D7diYWHDPeFL47cAvaXhdXVr
ZDeBJYibvD1jRx4ES0KlfhwzNXBYUoM/Movg9zMM2PzyHHKS//xIjwUC/FJ6/6eykno0Hy2B1ev6s3hdY6VkN2zd7Wf+EK4DxRliwsg1U99szFE3ewLf
exF+Uag5M+TfPtOUumI/NHMTvsRW9+ECAwEAAQ==`;

const ALGORITHM = { name: "RSASSA-PKCS1-v1_5", hash: "SHA-256" };

/** Tells whether a body and the signature that came with it (base64) belong together. */
export type Verify = (body: Uint8Array<ArrayBuffer>, signature: string | undefined) => Promise<boolean>;

/**
 * @param publicKey PEM (SPKI); sipgate's own if none is given
 * @returns undefined if that's no RSA key
 * @throws CallError if there is no Web Crypto
 */
export async function createVerify(publicKey: string | undefined): Promise<Verify | undefined> {
  const { subtle } = webCrypto();
  const key = await importKey(subtle, publicKey ?? SIPGATE_KEY);
  if (key === undefined) return undefined;
  return async (body, signature) => {
    const bytes = signature === undefined ? undefined : bytesOf(signature);
    return bytes !== undefined && subtle.verify(ALGORITHM, key, bytes, body);
  };
}

async function importKey(subtle: SubtleCrypto, pem: string): Promise<CryptoKey | undefined> {
  try {
    const spki = bytesOf(pem.replace(/-----(?:BEGIN|END) PUBLIC KEY-----|\s/g, ""));
    if (spki === undefined) throw new TypeError("not base64");
    return await subtle.importKey("spki", spki, ALGORITHM, false, ["verify"]);
  } catch {
    return undefined;
  }
}

function bytesOf(base64: string): Uint8Array<ArrayBuffer> | undefined {
  try {
    return Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
  } catch {
    return undefined;
  }
}
