/** The credentials of a program that signs users in. */
export interface LoginClient {
  /** Its public name. */
  readonly clientId: string;
  /** Not a secret: it opens nothing but the sandbox. */
  readonly clientSecret: string;
}

/** The only client. It's valid in both realms. */
export const CLIENT: LoginClient = {
  clientId: "sandbox-client",
  clientSecret: "5a9db0c5-7e57-4a11-8c0d-0000000000c1",
};

const LOOPBACK_URL = /^http:\/\/(?:127\.0\.0\.1|\[::1\]|localhost)(?::\d{1,5})?(?:\/[\x21\x22\x24-\x7e]*)?$/;

/** Whether it's on this machine, on any port and any path, without a fragment. */
export function isRedirectUri(uri: string): boolean {
  return LOOPBACK_URL.test(uri) && URL.canParse(uri);
}
