import type { Account, RingGroup } from "../accounts/account.js";
import { Problem } from "../http/problem.js";
import { integerFrom } from "../http/query.js";
import { ok } from "../http/response.js";
import type { Operation } from "./operation.js";

const INT32_MAX = 2 ** 31 - 1;

const userinfo: Operation = {
  method: "GET",
  path: "/v2/authorization/userinfo",
  scopes: [],
  handle: ({ account, user }) =>
    ok({ sub: user.id, domain: "sipgate.de", masterSipId: account.masterSipId, locale: "de_DE" }),
};

const balance: Operation = {
  method: "GET",
  path: "/v2/balance",
  scopes: ["balance:read"],
  handle: ({ account }) => ok({ amount: account.balance, currency: "EUR" }),
};

const numbers: Operation = {
  method: "GET",
  path: "/v2/numbers",
  scopes: ["numbers:read"],
  handle({ account, query }) {
    const offset = integerFrom(query, "offset", { min: 0, max: INT32_MAX, fallback: 0 });
    const limit = integerFrom(query, "limit", { min: 0, max: INT32_MAX, fallback: INT32_MAX });
    return ok({
      items: routings(account)
        .map(numberEntry)
        .slice(offset, offset + limit),
    });
  },
};

const callRestrictions: Operation = {
  method: "GET",
  path: "/v2/callrestrictions",
  scopes: ["callrestrictions:read"],
  handle({ account, user, query }) {
    const userIds = query.getAll("userIds");
    for (const userId of userIds) {
      if (!account.users.some(({ id }) => id === userId)) throw new Problem(404, "User not found.");
    }
    return ok({
      userId: userIds[0] ?? user.id,
      foreignSpecial: false,
      charged: false,
      roaming: false,
      highCostForeignNumbers: false,
    });
  },
};

const groups: Operation = {
  method: "GET",
  path: "/v2/groups",
  scopes: ["groups:read"],
  platform: "classic",
  handle: ({ account, query }) =>
    ok({ items: groupsOf(account, query.get("userId")).map((group, index) => groupEntry(group, index)) }),
};

function groupsOf(account: Account, userId: string | null): readonly RingGroup[] {
  if (userId === null) return account.groups;
  const user = account.users.find(({ id }) => id === userId);
  if (user === undefined) throw new Problem(404, "User not found.");
  return account.groups.filter(({ deviceIds }) => user.devices.some(({ id }) => deviceIds.includes(id)));
}

function groupEntry({ id, alias }: RingGroup, departmentId: number): object {
  const url = `https://api.sipgate.com/v2/groups/${id}`;
  return { id, alias, groupNumbersUrl: `${url}/numbers`, groupUsersUrl: `${url}/users`, departmentId };
}

function routings(account: Account): readonly (RingGroup & { url: string })[] {
  const lines = account.users.flatMap(({ id, phonelines }) =>
    phonelines.map((line) => ({ ...line, url: `https://api.sipgate.com/v2/${id}/phonelines/${line.id}` })),
  );
  const all = account.groups.map((group) => ({
    ...group,
    url: `https://api.sipgate.com/v2/groups/${group.id}`,
  }));
  return [...lines, ...all];
}

function numberEntry({ id, alias, number, url }: RingGroup & { url: string }, index: number): object {
  return {
    id: String(4_000_000 + index),
    number,
    // German notation: the area code 069, then the rest.
    localized: number.replace(/^\+49(69)/, "0$1-"),
    type: "LANDLINE",
    endpointId: id,
    endpointAlias: alias,
    endpointUrl: url,
  };
}

/** The account and its user, without devices and calls. */
export const accountOperations: readonly Operation[] = [userinfo, balance, numbers, callRestrictions, groups];
