// What the findings of a preflight mean: a check for each thing that may prevent a call.
import { type CheckedCallRequest, isExtension } from "../call-request.js";
import { CallError, ForbiddenError, InvalidRequestError } from "../errors.js";
import { type Extension, isPhoneLine } from "../extension.js";
import type { AccountNumber, Device, User } from "../telephony.js";
import { printable } from "../text/printable.js";
import type { Check, CheckName } from "./check.js";
import type { Findings } from "./findings.js";
import type { PlatformRules } from "./platform-rules.js";

/** @param findings what could be read, or the error instead */
export function checksOf(findings: Findings): Check[] {
  const { request, user, platform } = findings;
  const credentials = credentialsCheck(user);
  const requestChecks = requestCheck(findings);
  if (credentials.result === "failed") return [credentials, ...requestChecks];
  const account = [credentials, platformCheck(platform, user), ...requestChecks];
  if (request instanceof InvalidRequestError) return [...account, ...balanceCheck(findings.balance)];
  return [
    ...account,
    ...phoneChecks(request, findings),
    ...channelCheck(request, findings),
    ...callerIdCheck(request, findings.numbers),
    ...restrictionsCheck(request, findings),
    ...balanceCheck(findings.balance),
    permissionCheck(findings.rules),
    ...followingCheck(findings),
  ];
}

function credentialsCheck(user: User | CallError): Check {
  if (!(user instanceof CallError)) return ok("credentials", `Valid, of user ${user.id}.`);
  const isRefused =
    user.code === "unauthorized" || (user instanceof ForbiddenError && user.reason === "password-reset");
  return isRefused ? failed("credentials", user.message, user.remedy) : unchecked("credentials", user);
}

function platformCheck(platform: Findings["platform"], user: Findings["user"]): Check {
  if (platform instanceof CallError) return unchecked("platform", platform);
  if (platform !== undefined) return ok("platform", `The account is on sipgate's ${platform} platform.`);
  if (user instanceof CallError) return unchecked("platform", user);
  const remedy = "Give the token the scope groups:read or channels:read, or set the platform.";
  return { name: "platform", result: "unchecked", message: "sipgate's answers don't tell.", remedy };
}

function requestCheck({ request, costs }: Findings): Check[] {
  if (!(request instanceof InvalidRequestError)) {
    const remedy = "Ask sipgate what it costs.";
    return costs.length > 0
      ? costs.map((cost) => doubtful("request", cost, remedy))
      : [ok("request", `${request.callee} can be dialled.`)];
  }
  return request.problems.map(({ field, message, remedy }) =>
    failed("request", `${field}: ${message}`, remedy),
  );
}

/** The phones that take part: what rings first, and the device that's billed. */
function phoneChecks(request: CheckedCallRequest, { devices, rules }: Findings): Check[] {
  const { caller, deviceId } = request;
  const refused = rules.refuses(request);
  if (refused !== undefined)
    return [failed(refused.field === "deviceId" ? "device" : "caller", refused.message, refused.remedy)];
  if (devices instanceof CallError) return [unchecked("caller", devices)];
  const callerCheck = isExtension(caller)
    ? phoneCheck(caller, devices, rules)
    : ok("caller", `${caller} is a phone number: whether it can be reached isn't known before the call.`);
  if (deviceId === undefined || deviceId === caller) return [callerCheck];
  if (isExtension(caller) && isPhoneLine(caller) && !isPhoneLine(deviceId))
    return [callerCheck, deviceOfLine(caller, deviceId, devices)];
  if (devices.some(({ id }) => id === deviceId)) return [callerCheck, ok("device", `${deviceId} is yours.`)];
  return [callerCheck, notAmong("device", deviceId, devices)];
}

/** With a phone line as the caller, a device doesn't say which phone rings. Source: reported by a user of sipgate. */
function deviceOfLine(line: Extension, deviceId: Extension, devices: readonly Device[]): Check {
  const device = devices.find(({ id }) => id === deviceId);
  if (device === undefined) return notYours("device", deviceId, devices);
  const message = device.phonelines.includes(line)
    ? `With ${line} as the caller all phones of that line ring, not ${deviceId} alone (reported).`
    : `With ${line} as the caller only phones of that line ring (reported): ${deviceId} isn't one and wouldn't.`;
  return doubtful("device", message, `To ring ${deviceId} alone, give it as the caller.`);
}

/** A phone line isn't listed among the devices, but each device lists the lines that ring it. */
function notAmong(name: "caller" | "device", extension: Extension, devices: readonly Device[]): Check {
  if (!isPhoneLine(extension)) return notYours(name, extension, devices);
  const rung = devices.filter(({ phonelines }) => phonelines.includes(extension));
  if (rung.length === 0) {
    const message = `${extension} is a phone line that rings none of your devices, or not yours.`;
    return { name, result: "unchecked", message, remedy: "" };
  }
  const which = rung.map(({ id }) => printable(id)).join(", ");
  const isReachable = ({ online, dnd }: Device) => online !== false && dnd !== true;
  if (name === "device" || rung.some(isReachable))
    return ok(name, `${extension} is a phone line: it rings ${which}.`);
  const message = `${extension} rings ${which}, and none of them is online and without do-not-disturb.`;
  return failed(name, message, "Connect one of them, or call from another phone.");
}

function phoneCheck(caller: Extension, devices: readonly Device[], rules: PlatformRules): Check {
  const phone = devices.find(({ id }) => id === caller);
  if (phone === undefined) return notAmong("caller", caller, devices);
  const verdict = rules.judgeKind(phone, caller);
  if (verdict !== undefined) return { name: "caller", ...verdict };
  if (phone.online === false && phone.type === "REGISTER") {
    return failed(
      "caller",
      `${caller} is offline: it wouldn't ring.`,
      "Connect the phone, or call from another one.",
    );
  }
  if (phone.dnd === true) {
    return failed(
      "caller",
      `${caller} is on do-not-disturb: it wouldn't ring.`,
      "Switch do-not-disturb off.",
    );
  }
  return ok("caller", `${caller} is yours${phone.online === true ? " and online" : ""}.`);
}

function notYours(name: CheckName, extension: string, devices: readonly Device[]): Check {
  const yours = devices.map(({ id }) => printable(id)).join(", ");
  return failed(name, `${extension} is none of your devices.`, yours === "" ? "" : `Yours are ${yours}.`);
}

function channelCheck({ caller }: CheckedCallRequest, { channels, user, rules }: Findings): Check[] {
  if (channels === undefined || user instanceof CallError || !isExtension(caller)) return [];
  if (channels instanceof CallError) return [unchecked("channel", channels)];
  return [{ name: "channel", ...rules.judgeChannels(channels, user.id, caller) }];
}

function callerIdCheck(
  { callerId }: CheckedCallRequest,
  numbers: readonly AccountNumber[] | CallError | undefined,
): Check[] {
  if (callerId === undefined || numbers === undefined) return [];
  if (numbers instanceof CallError) return [unchecked("caller ID", numbers)];
  if (numbers.some(({ number }) => number === callerId))
    return [ok("caller ID", `${callerId} is the account's.`)];
  const message = `${callerId} is none of the account's numbers: sipgate may refuse it or show another.`;
  return [{ name: "caller ID", result: "warning", message, remedy: "Take one that client.numbers() lists." }];
}

function restrictionsCheck({ callee }: CheckedCallRequest, { restrictions, rules }: Findings): Check[] {
  if (restrictions instanceof CallError) return [unchecked("restrictions", restrictions)];
  return [{ name: "restrictions", ...rules.judgeRestrictions(restrictions, callee) }];
}

/** Whether an account may go below zero isn't known, so an empty one is only a doubt. */
function balanceCheck(balance: Findings["balance"]): Check[] {
  if (balance instanceof CallError) return [unchecked("balance", balance)];
  if (balance.amount > 0)
    return [ok("balance", `${balance.amount} ${balance.currency}, as sipgate gives it.`)];
  const message = `The balance is ${balance.amount} ${balance.currency}.`;
  return [{ name: "balance", result: "warning", message, remedy: "Top up the account if it's prepaid." }];
}

function permissionCheck({ placingScope }: PlatformRules): Check {
  const message = `Whether the token may place calls (scope ${placingScope}) shows only when it does.`;
  return { name: "permission", result: "unchecked", message, remedy: "" };
}

/** Whether the outcome of the call can be told. If not, the call takes place nevertheless. */
function followingCheck({ running, records }: Findings): Check[] {
  if (running === undefined) return [];
  const parts = [
    { read: running, cost: "A running call can't be seen, so it isn't known to be answered." },
    { read: records, cost: "The history can't be read, so it isn't known why a call ended." },
  ];
  const checks = parts.flatMap(({ read, cost }) => {
    if (!(read instanceof CallError)) return [];
    const isMissing = read instanceof ForbiddenError;
    return [isMissing ? doubtful("following", cost, read.remedy) : unchecked("following", read)];
  });
  return checks.length === 0 ? [ok("following", "The call can be followed to its end.")] : checks;
}

function doubtful(name: CheckName, message: string, remedy: string): Check {
  return { name, result: "warning", message, remedy };
}

function ok(name: CheckName, message: string): Check {
  return { name, result: "ok", message, remedy: "" };
}

function failed(name: CheckName, message: string, remedy: string): Check {
  return { name, result: "failed", message, remedy };
}

/** Something that can't be checked because a scope is missing or a request failed. */
function unchecked(name: CheckName, error: CallError): Check {
  const message = error instanceof ForbiddenError ? "The token may not read it." : error.message;
  return { name, result: "unchecked", message, remedy: error.remedy };
}
