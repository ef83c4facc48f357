import type { Account, RingGroup } from "../accounts/account.js";
import { MAIN_PRODUCT_TYPE } from "../assumptions.js";
import { Problem } from "../http/problem.js";
import { ok } from "../http/response.js";
import type { Operation } from "./operation.js";

const account: Operation = {
  method: "GET",
  path: "/v2/account",
  scopes: ["account:read"],
  handle: () =>
    ok({
      company: "Sandbox",
      mainProductType: MAIN_PRODUCT_TYPE,
      logoUrl: "",
      verified: true,
      historyLifeTime: "UNLIMITED",
    }),
};

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

/** The account and its user, without devices and calls. */
export const accountOperations: readonly Operation[] = [account, userinfo, balance, callRestrictions, groups];
