// What a client reads of an account.
import { checkRequestOptions } from "../call/request-options.js";
import type {
  AccountNumber,
  Balance,
  CallRestrictions,
  Channel,
  Contact,
  Device,
  Platform,
  RequestOptions,
  RunningCall,
  User,
} from "../call/telephony.js";
import { channelsIn, readContacts, readNumbers } from "../sipgate/api/account.js";
import type { ApiClient } from "../sipgate/api/api-client.js";
import { readCalls } from "../sipgate/api/running-calls.js";
import type { PlatformFinder } from "../sipgate/platform/platform-finder.js";
import type { RecentReads } from "../sipgate/platform/recent-read.js";

/** What a client reads of an account. */
export interface Reads {
  /**
   * Your phones. Takes the scope `devices:read`. Source: sipgate's OpenAPI document; on neo, with a parameter from
   * its help page.
   *
   * @throws InvalidRequestError for options that can't be used
   * @throws CallError with `placed: "no"`
   * @example
   * ```ts
   * import { createClient } from "sipgate-call";
   *
   * const client = createClient({ credentials: { tokenId: "token-ABC123", token: process.env.SIPGATE_TOKEN ?? "" } });
   * for (const { id, alias, online } of await client.devices()) console.log(id, alias, online);
   * ```
   */
  devices(options?: RequestOptions): Promise<Device[]>;
  /**
   * All phone numbers of the account. Takes the scope `numbers:read`. Source: sipgate's OpenAPI document.
   *
   * @throws InvalidRequestError for options that can't be used
   * @throws CallError with `placed: "no"`
   * @example
   * ```ts
   * import { createClient } from "sipgate-call";
   *
   * const client = createClient({ credentials: { tokenId: "token-ABC123", token: process.env.SIPGATE_TOKEN ?? "" } });
   * for (const { number, type } of await client.numbers()) console.log(number, type);
   * ```
   */
  numbers(options?: RequestOptions): Promise<AccountNumber[]>;
  /**
   * All contacts that you see: your own, those that the account shares, and your colleagues. Takes the scope
   * `contacts:read`. Source: sipgate's OpenAPI document; which of them neo lists isn't known.
   *
   * @throws InvalidRequestError for options that can't be used
   * @throws CallError with `placed: "no"`
   * @example
   * ```ts
   * import { createClient } from "sipgate-call";
   *
   * const client = createClient({ credentials: { tokenId: "token-ABC123", token: process.env.SIPGATE_TOKEN ?? "" } });
   * for (const { name, numbers } of await client.contacts()) console.log(name, numbers[0]?.number);
   * ```
   */
  contacts(options?: RequestOptions): Promise<Contact[]>;
  /**
   * All channels, on neo only. Takes the scope `channels:read`. Source: reported by users; sipgate publishes no
   * shape.
   *
   * @throws InvalidRequestError for options that can't be used
   * @throws CallError with `placed: "no"`
   * @example
   * ```ts
   * import { createClient } from "sipgate-call";
   *
   * const client = createClient({ credentials: { tokenId: "token-ABC123", token: process.env.SIPGATE_TOKEN ?? "" } });
   * const platform = await client.platform();
   * console.log(platform === "neo" ? await client.channels() : "classic has no channels");
   * ```
   */
  channels(options?: RequestOptions): Promise<Channel[]>;
  /**
   * The account's balance. Takes the scope `balance:read`. Source: sipgate's OpenAPI document.
   *
   * @throws InvalidRequestError for options that can't be used
   * @throws CallError with `placed: "no"`
   * @example
   * ```ts
   * import { createClient } from "sipgate-call";
   *
   * const client = createClient({ credentials: { tokenId: "token-ABC123", token: process.env.SIPGATE_TOKEN ?? "" } });
   * console.log(await client.balance());
   * ```
   */
  balance(options?: RequestOptions): Promise<Balance>;
  /**
   * What you may not call. Takes the scope `callrestrictions:read`. Source: sipgate's OpenAPI document, which names
   * the fields and no more.
   *
   * @throws InvalidRequestError for options that can't be used
   * @throws CallError with `placed: "no"`
   * @example
   * ```ts
   * import { createClient } from "sipgate-call";
   *
   * const client = createClient({ credentials: { tokenId: "token-ABC123", token: process.env.SIPGATE_TOKEN ?? "" } });
   * console.log(await client.callRestrictions());
   * ```
   */
  callRestrictions(options?: RequestOptions): Promise<CallRestrictions>;
  /**
   * Calls that are established now: sipgate doesn't list calls that still ring. Takes the scope `rtcm:read`.
   * Source: sipgate's OpenAPI document and its rtcm.md.
   *
   * @throws InvalidRequestError for options that can't be used
   * @throws CallError with `placed: "no"`
   * @example
   * ```ts
   * import { createClient } from "sipgate-call";
   *
   * const client = createClient({ credentials: { tokenId: "token-ABC123", token: process.env.SIPGATE_TOKEN ?? "" } });
   * const running = await client.calls();
   * console.log(running.length, running[0]?.participants);
   * ```
   */
  calls(options?: RequestOptions): Promise<RunningCall[]>;
  /**
   * Whom the credentials belong to. Takes any scope. Source: sipgate's OpenAPI document.
   *
   * @throws InvalidRequestError for options that can't be used
   * @throws CallError with `placed: "no"`
   * @example
   * ```ts
   * import { createClient } from "sipgate-call";
   *
   * const client = createClient({ credentials: { tokenId: "token-ABC123", token: process.env.SIPGATE_TOKEN ?? "" } });
   * console.log((await client.whoami()).id);
   * ```
   */
  whoami(options?: RequestOptions): Promise<User>;
  /**
   * Which platform the account is on. Undefined if sipgate's responses don't show it. Source: the claim
   * `featureScope` of an access token, documented by sipgate; else which of two requests is refused, as
   * reported by users.
   *
   * @throws InvalidRequestError for options that can't be used
   * @throws CallError with `placed: "no"`
   * @example
   * ```ts
   * import { createClient } from "sipgate-call";
   *
   * const client = createClient({ credentials: { tokenId: "token-ABC123", token: process.env.SIPGATE_TOKEN ?? "" } });
   * console.log(await client.platform());
   * ```
   */
  platform(options?: RequestOptions): Promise<Platform | undefined>;
}

export function createReads(
  api: ApiClient,
  finder: PlatformFinder,
  { user, devices, channels, balance, restrictions }: RecentReads,
): Reads {
  return {
    devices: (options) => devices.ask(options),
    numbers: (options) => readNumbers(api, options),
    contacts: (options) => readContacts(api, options),
    channels: async (options) => channelsIn(api, await channels.ask(options)),
    balance: (options) => balance.ask(options),
    callRestrictions: (options) => restrictions.ask(options),
    calls: (options) => readCalls(api, options),
    whoami: (options) => user.ask(options),
    platform: (options) => finder.find(options),
  };
}

/** The same methods for programs: the arguments are checked. */
export function checkedReads(reads: Reads): Reads {
  const checked =
    <T>(read: (options?: RequestOptions) => Promise<T>) =>
    async (options?: RequestOptions) => {
      checkRequestOptions(options);
      return read(options);
    };
  return {
    devices: checked(reads.devices),
    numbers: checked(reads.numbers),
    contacts: checked(reads.contacts),
    channels: checked(reads.channels),
    balance: checked(reads.balance),
    callRestrictions: checked(reads.callRestrictions),
    calls: checked(reads.calls),
    whoami: checked(reads.whoami),
    platform: checked(reads.platform),
  };
}
