import { integerFrom } from "../http/query.js";
import { ok } from "../http/response.js";
import type { Operation } from "./operation.js";

interface Contact {
  readonly id: string;
  readonly name: string;
  readonly number: string;
  readonly scope: "PRIVATE" | "SHARED" | "INTERNAL";
}

/** The same in every account. Their numbers are of the film ranges. */
const CONTACTS: readonly Contact[] = [
  {
    id: "5a9db0c5-7e57-4a11-8c0d-0000000000d0",
    name: "Ada Sandbox",
    number: "+493023125000",
    scope: "SHARED",
  },
  {
    id: "5a9db0c5-7e57-4a11-8c0d-0000000000d1",
    name: "Busy Sandbox",
    number: "+493023125486",
    scope: "PRIVATE",
  },
  { id: "5a9db0c5-7e57-4a11-8c0d-0000000000d2", name: "User w1", number: "+496990009001", scope: "INTERNAL" },
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
    const found = CONTACTS.filter(({ number }) => wanted.size === 0 || wanted.has(number.slice(1)));
    return ok({ items: found.slice(offset, offset + limit).map(contactEntry), totalCount: found.length });
  },
};

function contactEntry({ id, name, number, scope }: Contact): object {
  return {
    id,
    name,
    picture: "",
    emails: [],
    numbers: [{ number, type: ["work"] }],
    addresses: [],
    organization: [["Sandbox"]],
    scope,
  };
}

/** Contacts: to be read and found by their number. They can't be changed. */
export const contactOperations: readonly Operation[] = [listContacts];
