import type { Device } from "../phones/devices.js";
import type { Platform } from "../switch/call.js";

/** A phoneline or group: it has a number of its own and rings several devices. */
export interface RingGroup {
  readonly id: string;
  readonly alias: string;
  /** E.164 with plus. */
  readonly number: string;
  readonly deviceIds: readonly string[];
}

export interface User {
  readonly id: string;
  readonly isAdmin: boolean;
  /** The default caller ID of this user's devices, in E.164 with plus. */
  readonly number: string;
  readonly devices: readonly Device[];
  readonly phonelines: readonly RingGroup[];
}

/** A channel of neo, with its users and their devices. */
export interface Channel {
  readonly id: string;
  readonly name: string;
  readonly users: readonly { readonly id: string; readonly deviceIds: readonly string[] }[];
}

/** One sipgate account of the sandbox. Accounts never see each other's calls. */
export interface Account {
  readonly name: string;
  readonly platform: Platform;
  readonly masterSipId: string;
  readonly users: readonly User[];
  readonly groups: readonly RingGroup[];
  readonly channels: readonly Channel[];
  /** The value of `balance.amount`, whose unit isn't known. At zero no call can be placed. */
  readonly balance: number;
  /** neo: whether a `targetNumber` with a plus sign is refused [reported by one integration]. */
  readonly refusesPlus: boolean;
  /** neo: the field that holds the id of a new call. All three names are [reported]. */
  readonly callIdName: "callId" | "sessionId" | "callSid";
  /** Whether /history lists ended calls. It does on classic, and for customers who were moved to neo. */
  readonly keepsHistory: boolean;
}
