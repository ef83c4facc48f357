// Ways to place a call from a program. Each is given where and as whom, and makes a function that places one call and
// answers its id.
import { Agent, request } from "node:http";
import peers from "../peers.cjs";
import { ACCOUNT } from "../processes.mjs";

const {
  SIPGATE_TOKEN_ID: tokenId,
  SIPGATE_TOKEN: token,
  SIPGATE_CALLER: caller,
  SIPGATE_CALLEE: callee,
} = ACCOUNT;
const AUTHORIZATION = `Basic ${btoa(`${tokenId}:${token}`)}`;
const ORDER = { caller, callee };

/** The floor: node:http with connections that are kept alive, and nothing else. */
function bare(baseUrl) {
  const agent = new Agent({ keepAlive: true });
  const headers = { authorization: AUTHORIZATION, "content-type": "application/json" };
  return () =>
    new Promise((resolve, reject) => {
      const body = JSON.stringify(ORDER);
      const options = { method: "POST", agent, headers: { ...headers, "content-length": body.length } };
      const outgoing = request(`${baseUrl}/sessions/calls`, options, (incoming) => {
        let text = "";
        incoming.setEncoding("utf8").on("data", (data) => {
          text += data;
        });
        incoming.on("end", () => resolve(JSON.parse(text).sessionId));
      });
      outgoing.on("error", reject).end(body);
    });
}

async function ours(baseUrl) {
  const { createClient } = await import("sipgate-call");
  const client = createClient({ credentials: { tokenId, token }, baseUrl });
  return async () => (await client.place(ORDER)).callId;
}

function axios(baseUrl) {
  const { create } = peers.requirePeer("axios");
  const client = create({ baseURL: baseUrl, auth: { username: tokenId, password: token } });
  return async () => (await client.post("/sessions/calls", ORDER)).data.sessionId;
}

function sipgateio(baseUrl) {
  const { createCallModule, sipgateIO } = peers.sipgateioAt(baseUrl);
  const calls = createCallModule(sipgateIO({ tokenId, token }));
  return async () => (await calls.initiate({ from: caller, to: callee })).sessionId;
}

function undici(baseUrl) {
  const { request: send } = peers.requirePeer("undici");
  const headers = { authorization: AUTHORIZATION, "content-type": "application/json" };
  return async () => {
    const { body } = await send(`${baseUrl}/sessions/calls`, {
      method: "POST",
      headers,
      body: JSON.stringify(ORDER),
    });
    return (await body.json()).sessionId;
  };
}

export const CLIENTS = { "node:http": bare, "sipgate-call": ours, undici, axios, sipgateio };
