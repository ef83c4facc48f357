// /calls and /calls/{callId}/…: calls that are running.
import type { Call } from "../switch/call.js";
import { type Exchange, json, NO_CONTENT, type Reply, refuse } from "./exchange.js";
import { type Fields, textOf } from "./fields.js";
import { isE164 } from "./numbers-and-extensions.js";

export const VALUE_FIELDS: Fields = { value: { type: "boolean", required: true } };
export const RECORDING_FIELDS: Fields = {
  value: { type: "boolean", required: true },
  announcement: { type: "boolean", required: true },
};
export const ANNOUNCEMENT_FIELDS: Fields = { url: { type: "string", required: true } };
export const DTMF_FIELDS: Fields = { sequence: { type: "string", required: true } };
export const TRANSFER_FIELDS: Fields = {
  attended: { type: "boolean", required: true },
  phoneNumber: { type: "string", required: true },
  callerId: { type: "string" },
};

/** Only established calls are listed (sipgate's rtcm.md): ringing ones are absent. */
export function listCalls({ account, world }: Exchange): Reply {
  const established = world.switch.live(account).filter(({ state }) => state === "connected");
  return json({ data: established.map(listed) });
}

function listed(call: Call) {
  const { id, muted, recording, hold, callerNumber, callee } = call;
  return {
    callId: id,
    muted,
    recording,
    hold,
    participants: [
      { participantId: `${id}-1`, phoneNumber: callerNumber, muted, hold: false, owner: true },
      { participantId: `${id}-2`, phoneNumber: callee, muted: false, hold, owner: false },
    ],
  };
}

/** An operation on a call that hasn't ended; 404 for any other. */
function onCall(operation: (call: Call, exchange: Exchange) => Reply): (exchange: Exchange) => Reply {
  return (exchange) => {
    const call = exchange.world.switch.find(exchange.account, exchange.path.callId ?? "");
    return call === undefined ? refuse(404, "Call not found") : operation(call, exchange);
  };
}

/** An operation that needs both parties to talk. Reported: 409 otherwise, for hold; here for all. */
function onEstablished(operation: (call: Call, exchange: Exchange) => Reply): (exchange: Exchange) => Reply {
  return onCall((call, exchange) =>
    call.state === "connected" ? operation(call, exchange) : refuse(409, "The call is not established"),
  );
}

export const hangUp = onCall((call, { world }) => {
  world.switch.hangUp(call, "client");
  return NO_CONTENT;
});

export const mute = onEstablished((call, { body }) => {
  call.muted = body.value === true;
  return NO_CONTENT;
});

export const hold = onEstablished((call, { body }) => {
  call.hold = body.value === true;
  return NO_CONTENT;
});

export const record = onEstablished((call, { account, body }) => {
  // Reported: recording on neo may not be silent.
  if (account.tenant.platform === "neo" && body.announcement === false) {
    return refuse(400, "Recording without an announcement is not allowed", "/announcement");
  }
  call.recording = body.value === true;
  return NO_CONTENT;
});

export const announce = onEstablished((call, { body }) => {
  const url = textOf(body, "url") ?? "";
  if (!URL.canParse(url) || !/^https?:/.test(url)) return refuse(400, "The url is not a valid URL", "/url");
  call.announcements.push(url);
  return NO_CONTENT;
});

export const sendDtmf = onEstablished((call, { body }) => {
  const sequence = textOf(body, "sequence") ?? "";
  if (!/^[0-9A-D*#]+$/i.test(sequence)) return refuse(400, "The sequence is not valid", "/sequence");
  call.dtmf.push(sequence);
  return NO_CONTENT;
});

export const transfer = onEstablished((call, { body }) => {
  const target = textOf(body, "phoneNumber") ?? "";
  if (!isE164(target)) return refuse(400, "The phoneNumber is not a valid number", "/phoneNumber");
  call.callee = target;
  return NO_CONTENT;
});
