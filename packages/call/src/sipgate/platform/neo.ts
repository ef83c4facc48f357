import type { CheckedCallRequest } from "../../call/call-request.js";
import { CallError } from "../../call/errors.js";
import type { Extension } from "../../call/extension.js";
import type { Channel, SendOptions } from "../../call/telephony.js";
import type { ApiClient } from "../api/api-client.js";
import type { ApiRequest } from "../api/api-request.js";
import { CALL_ID_FIELDS, chooseChannel, TARGET_NUMBER_FORMS } from "./neo-assumptions.js";
import { callingDevice, notInChannel } from "./neo-rules.js";
import { placedBy, type SipgateCall } from "./placed-call.js";

/** What neo's request takes; reported by two integrations and a reference that sipgate made (2026). */
interface NeoCall {
  readonly deviceId: Extension;
  readonly targetNumber: string;
  readonly callerId?: string;
  readonly channelId?: string;
}

function neoRequest(call: NeoCall): ApiRequest {
  return {
    method: "POST",
    path: "/calls",
    body: { ...call },
    purpose: "place the call",
    scope: "rtcm:write",
    placesCall: true,
    callIdFields: CALL_ID_FIELDS,
  };
}

/** The requests for a call, in the order to try. Which form of the number neo takes isn't known. */
export function neoRequests(request: CheckedCallRequest, channelId?: string): ApiRequest[] {
  const { callerId } = request;
  return TARGET_NUMBER_FORMS.map((form) =>
    neoRequest({
      deviceId: callingDevice(request),
      targetNumber: form(request.callee),
      ...(callerId === undefined ? {} : { callerId }),
      ...(channelId === undefined ? {} : { channelId }),
    }),
  );
}

/** What has to be read for the channel to call through. */
interface NeoReads {
  channels(): Promise<Channel[]>;
  userId(): Promise<string>;
}

/**
 * Places a call on neo: finds the channel of the device, then sends the request. A 400 means that nothing was
 * dialled. Only after a 400 is the request sent again, with the number written the other way.
 */
export async function placeOnNeo(
  api: ApiClient,
  read: NeoReads,
  request: CheckedCallRequest,
  options: SendOptions,
): Promise<SipgateCall> {
  api.openForCall();
  const { channelId, warnings } = await findChannel(read, callingDevice(request));
  const call = await sendFirstAccepted(api, neoRequests(request, channelId), warnings, options);
  return { ...call, channelId };
}

async function sendFirstAccepted(
  api: ApiClient,
  requests: readonly ApiRequest[],
  warnings: readonly string[],
  options: SendOptions,
): Promise<SipgateCall> {
  let refused: unknown;
  for (const request of requests) {
    try {
      return await send(api, request, warnings, options);
    } catch (error) {
      if (!(error instanceof CallError) || error.code !== "request-refused") throw error;
      refused ??= error;
    }
  }
  throw refused;
}

function send(
  api: ApiClient,
  request: ApiRequest,
  warnings: readonly string[],
  options: SendOptions,
): Promise<SipgateCall> {
  return api.read(
    request,
    (answer, response) => ({ ...placedBy("neo", CALL_ID_FIELDS, answer, response), warnings }),
    options,
  );
}

async function findChannel(
  { channels: readChannels, userId }: NeoReads,
  device: Extension,
): Promise<{ channelId?: string; warnings: string[] }> {
  try {
    const [channels, user] = await Promise.all([readChannels(), userId()]);
    const { channel, holdsDevice } = chooseChannel(channels, user, device);
    const { message, remedy } = notInChannel(device);
    return {
      ...(channel === undefined ? {} : { channelId: channel.id }),
      warnings: holdsDevice ? [] : [`${message} ${remedy}`],
    };
  } catch (error) {
    // Without the right to read channels the call can still be placed: the device may have a default channel.
    if (!(error instanceof CallError) || error.code !== "forbidden") throw error;
    return {
      warnings: [`The channels can't be read, so ${device} may never ring. ${error.remedy}`],
    };
  }
}
