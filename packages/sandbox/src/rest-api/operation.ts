import type { Account, User } from "../accounts/account.js";
import type { History } from "../history/history.js";
import type { Reply } from "../http/response.js";
import type { AddedDevices } from "../phones/added-devices.js";
import type { PhoneBook } from "../phones/phone-book.js";
import type { SipAddresses } from "../phones/sip-addresses.js";
import type { PushSettings } from "../push/settings.js";
import type { Recordings } from "../recordings/recordings.js";
import type { Platform } from "../switch/call.js";
import type { Owner } from "../switch/owner.js";
import type { Switch } from "../switch/switch.js";

/** What operations work on. */
export interface ApiContext {
  readonly switch: Switch;
  readonly history: History;
  readonly phones: PhoneBook;
  readonly pushSettings: PushSettings;
  readonly addedDevices: AddedDevices;
  readonly recordings: Recordings;
  /** Such as `http://127.0.0.1:8888`. */
  readonly origin: string;
  /** What the API says of where phones register. */
  sipAddresses(): SipAddresses;
  /** Whether unknown fields of a body are refused. */
  readonly strict: boolean;
}

/** A request that was authenticated and may use its operation. */
export interface ApiRequest extends ApiContext {
  readonly account: Account;
  readonly user: User;
  /** What the path has in place of each `{name}`. */
  readonly parameters: readonly string[];
  readonly query: URLSearchParams;
  /** The parsed JSON, `undefined` for operations without a body. */
  readonly body: unknown;
}

/** One method on one path. */
export interface Operation {
  readonly method: "GET" | "POST" | "PUT" | "DELETE";
  /** With its version: `/v2/calls/{callId}`. */
  readonly path: string;
  /** Any one of these suffices, or `all`. Empty: any valid credentials will do. */
  readonly scopes: readonly string[];
  /** Set if the operation exists on one platform only. */
  readonly platform?: Platform;
  handle(request: ApiRequest): Reply;
}

/** Whose calls the request concerns. */
export function ownerOf({ account, user }: ApiRequest): Owner {
  return { account: account.name, userId: user.id };
}
