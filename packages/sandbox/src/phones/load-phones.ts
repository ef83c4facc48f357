import type { StartPhones } from "./registered-phones.js";

const PACKAGE: string = "sipgate-sandbox-phones";

/** Loads the package that phones register at. Rejects with a sentence for users if it isn't installed. */
export async function loadPhones(): Promise<StartPhones> {
  let loaded: unknown;
  try {
    loaded = await import(PACKAGE);
  } catch (error) {
    if (!isAbsent(error)) throw error;
    throw new Error(
      `The package ${PACKAGE}, which phones register at, isn't installed beside sipgate-sandbox. It comes with the same release.`,
    );
  }
  if (typeof loaded === "object" && loaded !== null && "startPhones" in loaded) {
    const { startPhones } = loaded;
    if (typeof startPhones === "function") return startPhones as StartPhones;
  }
  throw new Error(`The package ${PACKAGE} is of another release than sipgate-sandbox.`);
}

function isAbsent(error: unknown): boolean {
  if (!(error instanceof Error) || !("code" in error)) return false;
  const isCode = error.code === "ERR_MODULE_NOT_FOUND" || error.code === "MODULE_NOT_FOUND";
  return isCode && error.message.includes(PACKAGE);
}
