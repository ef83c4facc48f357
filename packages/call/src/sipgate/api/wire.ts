// The JSON of sipgate's responses, decoded into our own terms. Fields we don't use aren't read: devices carry
// SIP passwords, which enter the program only if `sip-account.ts` is asked for them.

import type { CallRecord } from "../../call/end-cause.js";
import type {
  AccountNumber,
  Balance,
  CallRestrictions,
  Channel,
  Contact,
  Device,
  PastCall,
  RunningCall,
  User,
} from "../../call/telephony.js";
import { causeOfHistory } from "../end-causes.js";
import {
  flag,
  id,
  type Json,
  list,
  optionalCount,
  optionalFlag,
  optionalList,
  optionalText,
  text,
  texts,
  WireError,
} from "../http/json.js";

export function decodeDevices(answer: Json): Device[] {
  return list(answer, "items").map((item) => ({
    id: text(item, "id"),
    alias: optionalText(item, "alias") ?? "",
    type: optionalText(item, "type") ?? "",
    online: optionalFlag(item, "online"),
    dnd: optionalFlag(item, "dnd"),
    phonelines: optionalList(item, "activePhonelines").flatMap((line) => optionalText(line, "id") ?? []),
  }));
}

export function decodeNumbers(answer: Json): AccountNumber[] {
  return list(answer, "items").map((item) => ({
    id: text(item, "id"),
    number: text(item, "number"),
    localized: optionalText(item, "localized"),
    type: optionalText(item, "type"),
    endpointId: optionalText(item, "endpointId"),
    endpointAlias: optionalText(item, "endpointAlias"),
  }));
}

/** Entries of the address book. Pictures and addresses aren't read. */
export function decodeContacts(answer: Json): Contact[] {
  return list(answer, "items").map((item) => ({
    id: text(item, "id"),
    name: optionalText(item, "name") ?? "",
    organization: firstWord(item.organization),
    numbers: optionalList(item, "numbers").flatMap((entry) => {
      const number = optionalText(entry, "number");
      return number === undefined ? [] : [{ number, types: texts(entry, "type") }];
    }),
    scope: optionalText(item, "scope"),
  }));
}

/** An organization is a list of lists: the company, then its departments. */
function firstWord(value: unknown): string | undefined {
  const [first]: unknown[] = Array.isArray(value) ? value.flat() : [];
  return typeof first === "string" && first.trim() !== "" ? first : undefined;
}

export function decodeChannels(answer: Json): Channel[] {
  return list(answer, "items").map((item) => ({
    id: id(item, "id"),
    name: optionalText(item, "name") ?? "",
    users: optionalList(item, "users").map((user) => ({
      id: text(user, "id"),
      deviceIds: texts(user, "deviceIds"),
    })),
  }));
}

export function decodeCalls(answer: Json): RunningCall[] {
  return list(answer, "data").map((call) => ({
    callId: text(call, "callId"),
    muted: flag(call, "muted"),
    hold: flag(call, "hold"),
    recording: flag(call, "recording"),
    participants: optionalList(call, "participants").map((participant) => ({
      participantId: optionalText(participant, "participantId") ?? "",
      phoneNumber: optionalText(participant, "phoneNumber") ?? "",
      muted: flag(participant, "muted"),
      hold: flag(participant, "hold"),
      owner: flag(participant, "owner"),
    })),
  }));
}

/** Entries of the history. */
export function decodePastCalls(answer: Json): PastCall[] {
  return list(answer, "items").map((entry) => {
    const [callStatus, status] = [optionalText(entry, "callStatus"), optionalText(entry, "status")];
    return {
      callId: optionalText(entry, "callId"),
      source: optionalText(entry, "source"),
      target: optionalText(entry, "target"),
      direction: optionalText(entry, "direction"),
      startedAt: optionalText(entry, "created"),
      extensions: optionalList(entry, "endpoints").flatMap((part) => extensionIn(part.endpoint)),
      end: {
        cause: causeOfHistory(status, callStatus),
        party: undefined,
        durationSeconds: optionalCount(entry, "duration"),
        raw: callStatus ?? status,
      },
    };
  });
}

function extensionIn(endpoint: unknown): string | string[] {
  if (typeof endpoint !== "object" || endpoint === null || !("extension" in endpoint)) return [];
  return optionalText({ extension: endpoint.extension }, "extension") ?? [];
}

/** How calls ended. Entries without the id of a call can't be told apart, and are skipped. */
export function decodeRecords(answer: Json): CallRecord[] {
  return decodePastCalls(answer).flatMap(({ callId, end }) =>
    callId === undefined ? [] : [{ callId, end }],
  );
}

export function decodeBalance(answer: Json): Balance {
  const { amount } = answer;
  if (typeof amount !== "number" || !Number.isFinite(amount)) throw new WireError("amount isn't a number.");
  return { amount, currency: text(answer, "currency") };
}

/** What isn't said isn't restricted. */
export function decodeCallRestrictions(answer: Json): CallRestrictions {
  return {
    foreignSpecial: flag(answer, "foreignSpecial"),
    charged: flag(answer, "charged"),
    highCostForeignNumbers: flag(answer, "highCostForeignNumbers"),
  };
}

export function decodeUser(answer: Json): User {
  return {
    id: id(answer, "sub"),
    account: optionalText(answer, "masterSipId"),
    domain: optionalText(answer, "domain"),
    locale: optionalText(answer, "locale"),
  };
}
