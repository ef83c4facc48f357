import type { Account, RingGroup, User } from "../accounts/account.js";
import { integerFrom } from "../http/query.js";
import { ok } from "../http/response.js";
import type { Operation } from "./operation.js";
import { thisUser } from "./users.js";

const INT32_MAX = 2 ** 31 - 1;

/** A number of the account, and where it leads; `undefined`: not to a phoneline or group. */
interface RoutedNumber {
  readonly number: string;
  readonly owner: User | undefined;
  readonly target: (RingGroup & { readonly url: string }) | undefined;
}

const listNumbers: Operation = {
  method: "GET",
  path: "/v2/numbers",
  scopes: ["numbers:read"],
  handle({ account, query }) {
    const offset = integerFrom(query, "offset", { min: 0, max: INT32_MAX, fallback: 0 });
    const limit = integerFrom(query, "limit", { min: 0, max: INT32_MAX, fallback: INT32_MAX });
    return ok({
      items: numbersOf(account)
        .map(numberEntry)
        .slice(offset, offset + limit),
    });
  },
};

const listUserNumbers: Operation = {
  method: "GET",
  path: "/v2/{userId}/numbers",
  scopes: ["numbers:read"],
  handle(request) {
    const user = thisUser(request, request.parameters[0] ?? "");
    const items = numbersOf(request.account).flatMap((routed, index) =>
      routed.owner?.id === user.id ? [numberEntry(routed, index)] : [],
    );
    return ok({ items });
  },
};

/** The counterpart in v3: a bare array [reported]. The group's number is shown as a block. */
const listPhoneNumbers: Operation = {
  method: "GET",
  path: "/v3/phone-numbers",
  scopes: ["numbers:read"],
  handle({ account, query }) {
    const entries = numbersOf(account).map((routed) => phoneNumberEntry(account, routed));
    return ok(pageOfList(entries, query));
  },
};

function pageOfList<T>(items: readonly T[], query: URLSearchParams): readonly T[] {
  const offset = integerFrom(query, "offset", { min: 0, max: INT32_MAX, fallback: 0 });
  const limit = integerFrom(query, "limit", { min: 0, max: INT32_MAX, fallback: INT32_MAX });
  return items.slice(offset, offset + limit);
}

function numbersOf(account: Account): readonly RoutedNumber[] {
  const ofUsers = account.users.flatMap((owner): RoutedNumber[] => {
    if (owner.phonelines.length === 0) return [{ number: owner.number, owner, target: undefined }];
    return owner.phonelines.map((line) => ({
      number: line.number,
      owner,
      target: { ...line, url: `https://api.sipgate.com/v2/${owner.id}/phonelines/${line.id}` },
    }));
  });
  const ofGroups = account.groups.map((group) => ({
    number: group.number,
    owner: undefined,
    target: { ...group, url: `https://api.sipgate.com/v2/groups/${group.id}` },
  }));
  return [...ofUsers, ...ofGroups];
}

function phoneNumberEntry(account: Account, routed: RoutedNumber): object {
  const { number: e164Number, owner } = routed;
  const routing = routingOf(account, routed);
  const single = { e164Number, type: "GERMAN_LANDLINE", routing };
  if (owner !== undefined) return single;
  // A block is named by what its numbers have in common.
  const prefix = e164Number.slice(0, -1);
  return { e164Number: prefix, type: "GERMAN_LANDLINE_BLOCK", routing: null, numbers: [single] };
}

function routingOf({ channels }: Account, { owner, target }: RoutedNumber): object {
  const targetOwner = owner?.id ?? null;
  if (target !== undefined) {
    const targetType = owner === undefined ? "GROUP" : "PHONELINE";
    return { targetId: target.id, targetType, displayAlias: target.alias, targetOwner };
  }
  const channel = channels.find(({ users }) =>
    users.some(({ id, deviceIds }) => id === owner?.id && deviceIds.length > 0),
  );
  const { id, name } = channel ?? { id: null, name: null };
  return { targetId: id, targetType: id === null ? null : "CHANNEL", displayAlias: name, targetOwner };
}

function numberEntry({ number, target }: RoutedNumber, index: number): object {
  return {
    id: numberId(index),
    number,
    // German notation: the area code 069, then the rest.
    localized: number.replace(/^\+49(69)/, "0$1-"),
    type: "LANDLINE",
    endpointId: target?.id ?? "",
    endpointAlias: target?.alias ?? "",
    endpointUrl: target?.url ?? "",
  };
}

function numberId(index: number): string {
  return String(4_000_000 + index);
}

/** Phone numbers. Without phonelines they lead to no endpoint [reported]. */
export const numberOperations: readonly Operation[] = [listNumbers, listUserNumbers, listPhoneNumbers];
