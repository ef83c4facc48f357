import { integerFrom } from "../http/query.js";
import { ok } from "../http/response.js";
import type { Operation } from "./operation.js";

interface Contact {
  readonly id: string;
  readonly name: string;
  readonly numbers: readonly (readonly [number: string, type: string])[];
  readonly scope: "PRIVATE" | "SHARED" | "INTERNAL";
}

/** The same in every account. Their numbers are of the film ranges. */
const CONTACTS: readonly Contact[] = [
  {
    id: "5a9db0c5-7e57-4a11-8c0d-0000000000d0",
    name: "Ada Sandbox",
    numbers: [["+493023125000", "work"]],
    scope: "SHARED",
  },
  {
    id: "5a9db0c5-7e57-4a11-8c0d-0000000000d1",
    name: "Busy Sandbox",
    numbers: [["+493023125486", "work"]],
    scope: "PRIVATE",
  },
  {
    id: "5a9db0c5-7e57-4a11-8c0d-0000000000d2",
    name: "User w1",
    numbers: [["+496990009001", "work"]],
    scope: "INTERNAL",
  },
  {
    id: "5a9db0c5-7e57-4a11-8c0d-0000000000d3",
    name: "Müller GmbH",
    numbers: [["+493023125005", "work"]],
    scope: "SHARED",
  },
  {
    id: "5a9db0c5-7e57-4a11-8c0d-0000000000d4",
    name: "Eva Müller",
    numbers: [
      ["+493023125001", "work"],
      ["+4915228817386", "cell"],
    ],
    scope: "PRIVATE",
  },
];

const INT32_MAX = 2 ** 31 - 1;

const listContacts: Operation = {
  method: "GET",
  path: "/v2/contacts",
  scopes: ["contacts:read"],
  handle({ query }) {
    const wanted = new Set(query.getAll("phonenumbers").map((text) => text.replaceAll(/\D/g, "")));
    const offset = integerFrom(query, "offset", { min: 0, max: INT32_MAX, fallback: 0 });
    const limit = integerFrom(query, "limit", { min: 0, max: INT32_MAX, fallback: 5_000 });
    const found = CONTACTS.filter(
      ({ numbers }) => wanted.size === 0 || numbers.some(([number]) => wanted.has(number.slice(1))),
    );
    return ok({ items: found.slice(offset, offset + limit).map(contactEntry), totalCount: found.length });
  },
};

function contactEntry({ id, name, numbers, scope }: Contact): object {
  return {
    id,
    name,
    picture: "",
    emails: [],
    numbers: numbers.map(([number, type]) => ({ number, type: [type] })),
    addresses: [],
    organization: [["Sandbox"]],
    scope,
  };
}

/** Contacts: to be read and found by their number. They can't be changed. */
export const contactOperations: readonly Operation[] = [listContacts];
