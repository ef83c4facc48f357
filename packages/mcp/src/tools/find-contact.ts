import type { Contact } from "sipgate-call";
import { z } from "zod";
import { shape, type Tool } from "./tool.js";

const input = z.strictObject({
  name: z.string().min(1).max(100).describe("A name or company, or a part of it"),
});

const MOST = 20;

export const findContact: Tool<typeof input> = {
  name: "find_contact",
  title: "Find a contact",
  description:
    "Looks a name up in the person's contacts at sipgate and returns the numbers. If several fit, ask the person which one is meant. Changes nothing.",
  annotations: { readOnlyHint: true, openWorldHint: true },
  input,
  output: {
    result: shape("contacts"),
    more: { type: "integer", description: `How many other numbers fit: at most ${MOST} are answered.` },
  },
  async run({ name }, { services }) {
    const { client } = await services.connect();
    const words = simplified(name).split(" ").filter(Boolean);
    const found = (await client.contacts()).filter((contact) => fits(contact, words)).flatMap(entriesOf);
    const contacts = found.slice(0, MOST);
    const text =
      contacts.length === 0
        ? "No contact fits. Ask the person for the number; don't guess one."
        : `${contacts.length === 1 ? "One number fits" : `${found.length} numbers fit`}; the data has names and numbers.`;
    const more = found.length - contacts.length;
    return { text, data: { result: { type: "contacts", contacts }, more }, fromElsewhere: true };
  },
};

/** One for each number, as `sipgate-call contacts --json` prints them. */
function entriesOf({ name, organization, numbers, scope }: Contact) {
  const origin = scope === undefined ? "sipgate" : `sipgate, ${scope.toLowerCase()}`;
  return numbers.map(({ number, types }) => ({ name, organization, number, kind: types[0], origin }));
}

function fits({ name, organization = "" }: Contact, words: readonly string[]): boolean {
  const text = simplified(`${name} ${organization}`);
  return words.length > 0 && words.every((word) => text.includes(word));
}

/** Without case, accents and punctuation. */
function simplified(text: string): string {
  return text
    .normalize("NFKD")
    .replaceAll(/\p{M}/gu, "")
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]+/gu, " ")
    .trim();
}
