import type { Account } from "../accounts/account.js";
import { ACCOUNTS } from "../accounts/accounts.js";

/** What a phone needs to register as a device. */
export interface SipCredentials {
  readonly username: string;
  readonly password: string;
}

/** They're made up and recognizable: tests can prove that a client doesn't leak them. */
export function sipCredentialsOf(account: Account, deviceId: string): SipCredentials {
  return {
    username: `${account.masterSipId}${deviceId}`,
    password: `sip-secret-${account.masterSipId}-${deviceId}`,
  };
}

/** The account and the device that a SIP user name means. */
export function deviceOfUsername(username: string): { account: Account; deviceId: string } | undefined {
  const [, masterSipId, deviceId] = /^(\d{1,10})(e\d{1,10})$/.exec(username) ?? [];
  const account = Object.values(ACCOUNTS).find((each) => each.masterSipId === masterSipId);
  return account === undefined || deviceId === undefined ? undefined : { account, deviceId };
}
