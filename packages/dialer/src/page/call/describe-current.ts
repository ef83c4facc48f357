import type { WireCall } from "../../wire/wire.js";
import { account } from "../state/account.js";
import { nameOf } from "../state/calls.js";
import { words } from "../words/words.js";
import { type CallDescription, describeCall } from "./describe-call.js";

export const phoneName = (id: string): string =>
  account.value?.devices.find((device) => device.id === id)?.name ?? id;

export const describeCurrent = (call: WireCall): CallDescription =>
  describeCall(call, words.value, nameOf(call), phoneName(call.caller));
