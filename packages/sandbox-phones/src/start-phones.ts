import { DialledCall } from "./calls/dialled-call.js";
import { InCall } from "./calls/in-call.js";
import { replacedIn } from "./calls/replaced.js";
import { createRequestHandler } from "./calls/request-handler.js";
import { SipPhone } from "./calls/sip-phone.js";
import { Dialogs } from "./dialogs/dialogs.js";
import { CallRecords } from "./inspector/call-records.js";
import { MessageLog } from "./inspector/message-log.js";
import { MediaControl } from "./media-control/media-control.js";
import { MediaThread } from "./media-control/media-thread.js";
import type { Exchange, InspectedPhone, PhonesSettings, RegisteredPhones } from "./ports.js";
import { Authenticator } from "./registrar/authenticator.js";
import { type Binding, Bindings } from "./registrar/bindings.js";
import { SipRegistrar } from "./registrar/sip-registrar.js";
import { hostPort } from "./transactions/branch.js";
import type { ServerTransaction } from "./transactions/server-transaction.js";
import { SipStack } from "./transactions/sip-stack.js";
import { TcpServer } from "./transports/tcp-server.js";
import { SipWebSocketServer } from "./transports/websocket-server.js";

/** @param mediaWorker the file that runs in the thread of the audio */
export async function startPhonesWith(
  mediaWorker: string,
  exchange: Exchange,
  settings: PhonesSettings,
): Promise<RegisteredPhones> {
  const records = new CallRecords();
  const stack = new SipStack(new MessageLog(records, settings.trace));
  const dialogs = new Dialogs();
  const bindings = new Bindings();
  const authenticator = new Authenticator(exchange);
  const registrar = new SipRegistrar(authenticator, bindings);
  const { callIdHeader, host } = settings;
  const media = new MediaControl(MediaThread.shared(mediaWorker));
  const context = { stack, dialogs, media, records, callIdHeader };

  stack.handleWith(
    createRequestHandler({
      dialogs,
      registrar,
      dial(transaction) {
        const authenticated = authenticator.authenticate(transaction, 407);
        if (authenticated === undefined) return;
        const { extension, username } = authenticated;
        const binding =
          bindings.onFlow(extension, transaction.flow) ?? unregistered(transaction, extension, username);
        void DialledCall.begin(context, exchange, transaction, extension, new SipPhone(context, binding));
      },
      replace(transaction) {
        if (authenticator.authenticate(transaction, 407) === undefined) return;
        const { callId, ownTag, phoneTag } = replacedIn(transaction.request.headers.get("replaces") ?? "");
        const call = dialogs.with(callId, ownTag, phoneTag);
        if (call instanceof InCall) call.replaceBy(transaction).catch(() => transaction.respond(500));
        else transaction.respond(481);
      },
    }),
  );

  const websockets = new SipWebSocketServer(stack);
  const tcp = new TcpServer(stack);
  const port = await tcp.listen(host, settings.sipPort).catch((error: unknown) => {
    media.close();
    throw error;
  });
  return {
    registrar: {
      sipServer: hostPort(reachable(host), port),
      phonesOf: (extension) => bindings.of(extension).map((binding) => new SipPhone(context, binding)),
      registrationsOf: (extension) => bindings.of(extension).map(inspected),
      upgrade(request, socket, head) {
        media.warmUp();
        websockets.upgrade(request, socket, head);
      },
    },
    media,
    inspector: {
      phones: () => Array.from(bindings.all(), inspected),
      messagesOf: (callId) => records.messagesOf(callId),
      audioOf: (callId) => records.audioOf(callId),
    },
    async close() {
      authenticator.close();
      await Promise.all([tcp.close(), websockets.close()]);
      media.close();
    },
  };
}

/** An address that means "all" is none to connect to. */
function reachable(host: string): string {
  if (host === "0.0.0.0") return "127.0.0.1";
  return host === "::" ? "::1" : host;
}

/** A phone that dials without having registered on this connection. */
function unregistered(
  { flow }: ServerTransaction,
  extension: Binding["extension"],
  username: string,
): Binding {
  const now = Date.now();
  return {
    extension,
    username,
    flow,
    contact: `sip:${username}@${hostPort(flow.remoteIp, flow.remotePort)}`,
    instance: "",
    userAgent: "unknown",
    registeredAt: now,
    expiresAt: now,
  };
}

function inspected({ extension, userAgent, flow, registeredAt }: Binding): InspectedPhone {
  return {
    ...extension,
    userAgent,
    ip: flow.remoteIp,
    port: flow.remotePort,
    transport: flow.transport === "TCP" ? "TCP" : "WebSocket",
    registeredAt,
  };
}
