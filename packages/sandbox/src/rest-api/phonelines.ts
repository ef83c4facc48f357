import type { RingGroup } from "../accounts/account.js";
import { Problem } from "../http/problem.js";
import { ok } from "../http/response.js";
import { deviceEntry } from "./devices.js";
import type { ApiRequest, Operation } from "./operation.js";
import { thisUser } from "./users.js";

const PATH = "/v2/{userId}/phonelines";

const listPhonelines: Operation = {
  method: "GET",
  path: PATH,
  scopes: ["phonelines:read"],
  handle(request) {
    const user = thisUser(request, request.parameters[0] ?? "");
    return ok({ items: user.phonelines.map((line) => lineEntry(user.id, line)) });
  },
};

const listNumbers: Operation = {
  method: "GET",
  path: `${PATH}/{phonelineId}/numbers`,
  scopes: ["phonelines:read", "phonelines:numbers:read"],
  handle: (request) => ok({ items: [{ number: lineOf(request).number, type: ["LANDLINE"] }] }),
};

const listDevices: Operation = {
  method: "GET",
  path: `${PATH}/{phonelineId}/devices`,
  scopes: ["phonelines:read", "phonelines:devices:read"],
  handle(request) {
    const { user } = request;
    const { deviceIds } = lineOf(request);
    const devices = user.devices.filter(({ id }) => deviceIds.includes(id));
    return ok({ items: devices.map((device) => deviceEntry(request, user, device, "credentials")) });
  },
};

/** The phoneline that the path names. Throws a 404 if this user has none of that id. */
function lineOf(request: ApiRequest): RingGroup {
  const [userId = "", lineId] = request.parameters;
  const line = thisUser(request, userId).phonelines.find(({ id }) => id === lineId);
  if (line === undefined) throw new Problem(404, "Phoneline not found.");
  return line;
}

function lineEntry(userId: string, { id, alias }: RingGroup): object {
  const url = `https://api.sipgate.com/v2/${userId}/phonelines/${id}`;
  return {
    id,
    alias,
    blockAnonymousUrl: `${url}/blockanonymous`,
    devicesUrl: `${url}/devices`,
    forwardingsUrl: `${url}/forwardings`,
    numbersUrl: `${url}/numbers`,
    parallelForwardingsUrl: `${url}/parallelforwardings`,
    voicemailsUrl: `${url}/voicemails`,
  };
}

/** Phonelines. An account that was made on neo has none. */
export const phonelineOperations: readonly Operation[] = [listPhonelines, listNumbers, listDevices];
