import { readAnnouncement } from "../announcements/read-announcement.js";
import {
  DTMF_SEQUENCE,
  isListedAsEstablished,
  NOT_ESTABLISHED_STATUS,
  participantNumber,
  SILENT_RECORDING_STATUS,
} from "../assumptions.js";
import { decodeFields } from "../http/decode-fields.js";
import { Problem } from "../http/problem.js";
import { NO_CONTENT, ok } from "../http/response.js";
import type { Call } from "../switch/call.js";
import * as controls from "../switch/controls.js";
import type { Leg } from "../switch/leg.js";
import { note } from "../switch/note.js";
import { checkNumber } from "./numbers-in-requests.js";
import { type ApiRequest, type Operation, ownerOf } from "./operation.js";

/** The longest URL of an announcement, in characters. */
const LONGEST_URL = 2_000;

const READ = ["rtcm:read"];
const WRITE = ["rtcm:write"];

const listCalls: Operation = {
  method: "GET",
  path: "/v2/calls",
  scopes: READ,
  handle(request) {
    const data: object[] = [];
    for (const call of request.switch.runningOf(ownerOf(request))) {
      if (isListedAsEstablished(call)) data.push(listed(call));
    }
    return ok({ data });
  },
};

const hangUp: Operation = {
  method: "DELETE",
  path: "/v2/calls/{callId}",
  scopes: WRITE,
  handle(request) {
    request.switch.hangUp(runningCall(request));
    return NO_CONTENT;
  },
};

/** An operation on an established call. The body is checked before the call is looked up. */
function control<T>(
  method: "PUT" | "POST",
  name: string,
  decode: (request: ApiRequest) => T,
  apply: (call: Call, value: T, request: ApiRequest) => void,
): Operation {
  return {
    method,
    path: `/v2/calls/{callId}/${name}`,
    scopes: WRITE,
    handle(request) {
      const value = decode(request);
      apply(establishedCall(request), value, request);
      return NO_CONTENT;
    },
  };
}

const decodeSwitch = (request: ApiRequest): boolean => decodeFields(request, { value: "flag" }).value;

const mute = control("PUT", "muted", decodeSwitch, controls.mute);
const hold = control("PUT", "hold", decodeSwitch, controls.hold);

const record = control("PUT", "recording", decodeRecording, (call, { value, announcement }, request) => {
  if (!value) controls.stopRecording(call);
  else controls.startRecording(call, announcement, (wav) => request.recordings.add(call, wav));
});

const announce = control("POST", "announcements", decodeAnnouncement, (call, url) => {
  note(call.announcements, url);
  void readAnnouncement(url).then((wav) => controls.play(call, wav));
});

const sendDtmf = control("POST", "dtmf", decodeDtmf, controls.sendDtmf);

/**
 * Approximated: the target is called if there are registered phones: the callee's or the target's in a blind transfer, which
 * ends the call in any case, and the caller's in an attended one.
 */
const transfer = control("POST", "transfer", decodeTransfer, (call, target, request) => {
  const { attended, phoneNumber } = target;
  note(call.transfers, target);
  const phones = request.phones.ofNumber(request.account, phoneNumber);
  if (attended && call.callerLeg.isRegistered) request.switch.consult(call, phoneNumber, phones);
  else if (attended) return;
  else if ([...call.calleeLeg.phones, ...phones].some(({ isRegistered }) => isRegistered))
    request.switch.transfer(call, phoneNumber, phones);
  else request.switch.hangUp(call);
});

function decodeRecording(request: ApiRequest): { value: boolean; announcement: boolean } {
  const fields = decodeFields(request, { value: "flag", announcement: "flag" });
  if (request.account.platform === "neo" && fields.value && !fields.announcement) {
    throw new Problem(SILENT_RECORDING_STATUS, "A recording must be announced.", {
      pointer: "/announcement",
    });
  }
  return fields;
}

function decodeAnnouncement(request: ApiRequest): string {
  const { url } = decodeFields(request, { url: "text" });
  if (url.length <= LONGEST_URL && /^https?:\/\//i.test(url) && URL.canParse(url)) return url;
  throw new Problem(400, `url must be an http or https URL of at most ${LONGEST_URL} characters.`, {
    pointer: "/url",
  });
}

function decodeDtmf(request: ApiRequest): string {
  const { sequence } = decodeFields(request, { sequence: "text" });
  if (DTMF_SEQUENCE.test(sequence)) return sequence;
  throw new Problem(400, "sequence may hold 0-9, A-D, * and #.", { pointer: "/sequence" });
}

function decodeTransfer(request: ApiRequest): { attended: boolean; phoneNumber: string } {
  const fields = { attended: "flag", phoneNumber: "text", callerId: "optional text" } as const;
  const { attended, phoneNumber, callerId } = decodeFields(request, fields);
  if (callerId !== undefined) checkNumber("callerId", callerId);
  return { attended, phoneNumber: checkNumber("phoneNumber", phoneNumber) };
}

function isOwn({ account, user }: ApiRequest, call: Call): boolean {
  return call.account === account.name && call.userId === user.id;
}

function runningCall(request: ApiRequest): Call {
  const call = request.switch.find(request.parameters[0] ?? "");
  if (call === undefined || call.state === "ended" || !isOwn(request, call)) {
    throw new Problem(404, "Call not found.");
  }
  return call;
}

function establishedCall(request: ApiRequest): Call {
  const call = runningCall(request);
  if (call.state !== "connected") throw new Problem(NOT_ESTABLISHED_STATUS, "The call is not established.");
  return call;
}

function listed(call: Call): object {
  const { id: callId, muted, recording, hold: onHold } = call;
  const participants = [participant(call, call.callerLeg), participant(call, call.calleeLeg)];
  return { callId, muted, recording, hold: onHold, participants };
}

/** The caller owns the call. Muting concerns the owner only, hold concerns both participants. */
function participant(call: Call, leg: Leg): object {
  const owner = leg.party === "caller";
  return {
    participantId: `${call.id}-${leg.party}`,
    phoneNumber: participantNumber(leg.number),
    muted: owner && call.muted,
    hold: call.hold,
    owner,
  };
}

/** Running calls ("RTCM"), on both platforms. */
export const runningCallOperations: readonly Operation[] = [
  listCalls,
  hangUp,
  mute,
  hold,
  record,
  announce,
  transfer,
  sendDtmf,
];
