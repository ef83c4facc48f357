import { type E164, readPhoneNumber } from "sipgate-call";
import { ListsError } from "../lists-error.js";

/** A phone number that was typed. @throws ListsError if it can't be read */
export async function numberArgument(text: string): Promise<E164> {
  const read = await readPhoneNumber(text);
  if (read.ok) return read.number;
  throw new ListsError("usage", read.message, read.remedy);
}
