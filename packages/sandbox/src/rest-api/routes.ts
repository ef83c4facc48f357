// Every operation: method, path, the scopes that allow it (any of them), and the body it takes.
import {
  listChannels,
  listDevices,
  listDevicesV3,
  listGroups,
  listNumbers,
  showBalance,
  showCallerId,
  showDevice,
  showRestrictions,
  userinfo,
} from "./account.js";
import type { Exchange, Reply } from "./exchange.js";
import type { Fields } from "./fields.js";
import { listEvents, listHistory } from "./history.js";
import { NEO_PLACE_FIELDS, placeOnNeo } from "./neo-calls.js";
import {
  ANNOUNCEMENT_FIELDS,
  announce,
  DTMF_FIELDS,
  hangUp,
  hold,
  listCalls,
  mute,
  RECORDING_FIELDS,
  record,
  sendDtmf,
  TRANSFER_FIELDS,
  transfer,
  VALUE_FIELDS,
} from "./running-calls.js";
import { PLACE_FIELDS, placeOnClassic } from "./sessions-calls.js";

export interface Route {
  readonly method: string;
  /** Segments; one that starts with a colon stands for any text. */
  readonly path: readonly string[];
  /** Any of these allows it, besides `all`. Empty: every token may. Source: sipgate's OpenAPI document. */
  readonly scopes: readonly string[];
  readonly fields?: Fields;
  readonly handle: (exchange: Exchange) => Reply;
}

function route(operation: string, scopes: string, handle: Route["handle"], fields?: Fields): Route {
  const [method = "", path = ""] = operation.split(" ");
  const allowing = scopes === "" ? [] : scopes.split(" ");
  return {
    method,
    path: path.split("/").slice(1),
    scopes: allowing,
    handle,
    ...(fields === undefined ? {} : { fields }),
  };
}

const CONTROL = "rtcm:write";

/** More special paths first: `/:userId/devices` would fit `/devices/devices` too. */
export const ROUTES: readonly Route[] = [
  route("POST /v2/sessions/calls", "sessions:calls:write sessions:write", placeOnClassic, PLACE_FIELDS),
  route("POST /v2/calls", CONTROL, placeOnNeo, NEO_PLACE_FIELDS),
  route("GET /v2/calls", "rtcm:read", listCalls),
  route("DELETE /v2/calls/:callId", CONTROL, hangUp),
  route("PUT /v2/calls/:callId/muted", CONTROL, mute, VALUE_FIELDS),
  route("PUT /v2/calls/:callId/hold", CONTROL, hold, VALUE_FIELDS),
  route("PUT /v2/calls/:callId/recording", CONTROL, record, RECORDING_FIELDS),
  route("POST /v2/calls/:callId/announcements", CONTROL, announce, ANNOUNCEMENT_FIELDS),
  route("POST /v2/calls/:callId/dtmf", CONTROL, sendDtmf, DTMF_FIELDS),
  route("POST /v2/calls/:callId/transfer", CONTROL, transfer, TRANSFER_FIELDS),
  route("GET /v2/authorization/userinfo", "", userinfo),
  route("GET /v2/balance", "balance:read", showBalance),
  route("GET /v2/numbers", "numbers:read", listNumbers),
  route("GET /v2/history", "history:read", listHistory),
  route("GET /v2/callrestrictions", "callrestrictions:read", showRestrictions),
  route("GET /v2/groups", "groups:read", listGroups),
  route("GET /v2/channels", "channels:read", listChannels),
  route("GET /v2/channels/:channelId/events", "channels:read", listEvents),
  route("GET /v2/devices/:deviceId", "devices:read", showDevice),
  route("GET /v2/devices/:deviceId/callerid", "devices:read devices:callerid:read", showCallerId),
  route("GET /v2/:userId/devices", "devices:read", listDevices),
  route("GET /v3/devices", "devices:read", listDevicesV3),
];

export interface Match {
  /** The route of this method, if there is one. */
  readonly route: Route | undefined;
  readonly path: Readonly<Record<string, string>>;
  /** Methods that the path takes; empty where there is no such path. */
  readonly methods: readonly string[];
}

/** Finds what a request is for. */
export function match(method: string, segments: readonly string[]): Match {
  const fitting = ROUTES.filter(({ path }) => fits(path, segments));
  const route = fitting.find((candidate) => candidate.method === method);
  return {
    route,
    path: parameters(route?.path ?? [], segments),
    methods: fitting.map((candidate) => candidate.method),
  };
}

function fits(path: readonly string[], segments: readonly string[]): boolean {
  return (
    path.length === segments.length &&
    path.every((part, index) => part.startsWith(":") || part === segments[index])
  );
}

function parameters(path: readonly string[], segments: readonly string[]): Record<string, string> {
  const named = path.flatMap((part, index): [string, string][] =>
    part.startsWith(":") ? [[part.slice(1), segments[index] ?? ""]] : [],
  );
  return Object.fromEntries(named);
}
