// The call lists of a team: there are some if a database is named and the package for them is installed.
import type { CallLists } from "sipgate-call-lists";

/**
 * @returns undefined if SIPGATE_DATABASE_URL isn't set, or sipgate-call-lists isn't installed beside this package
 * @throws ListsError if the database can't be used
 */
export async function openLists(): Promise<CallLists | undefined> {
  const { SIPGATE_DATABASE_URL } = process.env;
  if (!SIPGATE_DATABASE_URL) return undefined;
  const found = await loadPackage();
  return found?.openCallLists(SIPGATE_DATABASE_URL);
}

async function loadPackage(): Promise<typeof import("sipgate-call-lists") | undefined> {
  try {
    return await import("sipgate-call-lists");
  } catch (error) {
    const code: unknown = error instanceof Error ? Reflect.get(error, "code") : undefined;
    if (code !== "ERR_MODULE_NOT_FOUND" && code !== "MODULE_NOT_FOUND") throw error;
    return undefined;
  }
}
