/** Source: sipgate's OpenAPI document. */
export const DEFAULT_BASE_URL = "https://api.sipgate.com/v2";

/** Whether a URL's host is this machine: a secret sent to it crosses no network. */
export function isLoopback(hostname: string): boolean {
  return hostname === "localhost" || hostname === "[::1]" || /^127(?:\.\d{1,3}){3}$/.test(hostname);
}
