import type { Device } from "../phones/devices.js";
import type { Platform } from "../switch/call.js";

/** A routing target with a number of its own that rings several of a user's devices. */
export interface RingGroup {
  readonly id: string;
  readonly alias: string;
  /** E.164 with plus. */
  readonly number: string;
  readonly deviceIds: readonly string[];
}

export interface User {
  readonly id: string;
  /** The number that this user's devices show unless told otherwise; E.164 with plus. */
  readonly number: string;
  readonly devices: readonly Device[];
  readonly phonelines: readonly RingGroup[];
}

/** neo: a channel with the users and devices it serves. */
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
  /** As in `balance.amount`; the unit isn't known. Nothing can be placed at zero. */
  readonly balance: number;
  /** neo: refuses a `targetNumber` that starts with a plus [reported by one integration]. */
  readonly refusesPlus: boolean;
  /** neo: under which of the three reported names the id of a new call is given. */
  readonly callIdName: "callId" | "sessionId" | "callSid";
  /** Whether ended calls are in /history: on classic, and for customers that were moved to neo. */
  readonly keepsHistory: boolean;
}
