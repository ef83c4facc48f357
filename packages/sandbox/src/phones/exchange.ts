import type { Account, User } from "../accounts/account.js";
import type { CallRequest } from "../switch/call.js";
import type { Switch } from "../switch/switch.js";
import { type DialPlan, ownerOf } from "./dial-plan.js";
import type { Phone } from "./phone.js";
import type { Exchange, Extension } from "./registrar.js";
import { deviceOfUsername, sipCredentialsOf } from "./sip-credentials.js";

/** What registered phones may do in the sandbox: prove who they are, and begin calls. */
export function createExchange(telephony: Switch, dialPlan: DialPlan): Exchange {
  return {
    credentialsOf(username) {
      const found = deviceOfUsername(username);
      const account = found && dialPlan.accountNamed(found.account.name);
      if (found === undefined || account === undefined) return undefined;
      const { deviceId } = found;
      if (ownerOf(account, deviceId)?.device.type !== "REGISTER") return undefined;
      const { password } = sipCredentialsOf(account, deviceId);
      return { extension: { account: account.name, deviceId }, password };
    },
    dial(phone, extension, dialled, phoneCall) {
      const account = dialPlan.accountNamed(extension.account);
      const caller = account && ownerOf(account, extension.deviceId);
      const callee = dialPlan.calleeOf(extension.account, dialled);
      if (account === undefined || caller === undefined || callee === undefined) return undefined;
      const request = requestOf(account, caller.user, phone, extension);
      const { call, report } = telephony.dial({ ...request, ...callee }, phone, phoneCall);
      return { callId: call.id, report };
    },
  };
}

function requestOf(
  account: Account,
  user: User,
  phone: Phone,
  { deviceId }: Extension,
): Omit<CallRequest, "callee" | "calleePhones"> {
  return {
    platform: account.platform,
    account: account.name,
    masterSipId: account.masterSipId,
    userId: user.id,
    caller: deviceId,
    callerNumber: user.number,
    callerPhones: [phone],
    callerIdShown: user.number,
    deviceId,
    channelId: undefined,
  };
}
