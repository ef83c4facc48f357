import type { User } from "../accounts/account.js";
import { Problem } from "../http/problem.js";
import { ok } from "../http/response.js";
import type { ApiRequest, Operation } from "./operation.js";

const listUsers: Operation = {
  method: "GET",
  path: "/v2/users",
  scopes: ["users:read"],
  handle: ({ account }) => ok({ items: account.users.map(userEntry) }),
};

const getUser: Operation = {
  method: "GET",
  path: "/v2/users/{userId}",
  scopes: ["users:read"],
  handle: (request) => ok(userEntry(knownUser(request, request.parameters[0] ?? ""))),
};

/** Throws a 404 for an unknown user. */
function knownUser({ account }: ApiRequest, userId: string): User {
  const user = account.users.find(({ id }) => id === userId);
  if (user === undefined) throw new Problem(404, "User not found.");
  return user;
}

/** Throws a 404 for an unknown user, a 403 for a user other than the token's. */
export function thisUser(request: ApiRequest, userId: string): User {
  const user = knownUser(request, userId);
  if (user.id !== request.user.id) throw new Problem(403, "This belongs to another user.");
  return user;
}

function userEntry({ id, isAdmin, devices }: User): object {
  return {
    id,
    firstname: "Sandbox",
    lastname: `User ${id}`,
    email: `${id}@sandbox.example`,
    defaultDevice: devices[0]?.id ?? "",
    busyOnBusy: false,
    addressId: "1",
    directDialIds: [],
    timezone: "Europe/Berlin",
    admin: isAdmin,
  };
}

/** The users of the account. */
export const userOperations: readonly Operation[] = [listUsers, getUser];
