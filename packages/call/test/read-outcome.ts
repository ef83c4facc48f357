import { readPhoneNumber } from "sipgate-call";

export const BERLIN = "+493023125000";
export const KOELN = "+492214710000";
export const MOBILE = "+4915228817386";

/** The number that a text means, or why there is none and which numbers are offered. */
export async function outcome(input: string, country?: string): Promise<string> {
  const result = await readPhoneNumber(input, country);
  if (result.ok) return result.number;
  return [result.code, ...result.readings.map(({ number }) => number)].join(" ");
}
