import { InvalidRequestError } from "../../call/errors.js";
import { printable } from "../../call/text/printable.js";
import type { Client } from "../../client/client.js";

/**
 * The extension of the phone with this name, in any case.
 *
 * @throws InvalidRequestError if no phone, or several, have it
 * @throws CallError if the phones can't be listed
 */
export async function callerByName(client: Client, name: string): Promise<string> {
  const plain = (text: string) => text.normalize("NFC").toLocaleLowerCase("de").replace(/\s+/g, " ").trim();
  const devices = await client.devices();
  const found = devices.filter(({ alias }) => plain(alias) === plain(name));
  const [only] = found;
  if (only !== undefined && found.length === 1) return only.id;
  const listed = (found.length > 0 ? found : devices)
    .map(({ id, alias }) => `${printable(id)} "${printable(alias)}"`)
    .join(", ");
  const message = `${found.length === 0 ? "No phone of yours" : "More than one phone"} is called "${printable(name)}".`;
  const remedy = listed === "" ? "`sipgate-call devices` lists your phones." : `Your phones: ${listed}.`;
  throw new InvalidRequestError([{ field: "caller", code: "unknown-phone", message, remedy }]);
}
