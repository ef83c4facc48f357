// The sandbox's API as these benches use it.
import { request } from "node:http";
import { demand } from "../measure.mjs";
import { ACCOUNT } from "../processes.mjs";

export const sipAccount = (sipServer, device) => ({
  sipServer,
  username: `1000000${device}`,
  password: `sip-secret-1000000-${device}`,
});

const authorization = `Basic ${btoa(`${ACCOUNT.SIPGATE_TOKEN_ID}:${ACCOUNT.SIPGATE_TOKEN}`)}`;

export function createApi(baseUrl) {
  /** On a connection of its own: a kept one may be closed just when it's used. */
  function api(method, path, body) {
    const text = body === undefined ? "" : JSON.stringify(body);
    const headers = { authorization, "content-type": "application/json", "content-length": text.length };
    return new Promise((resolve, reject) => {
      const outgoing = request(`${baseUrl}${path}`, { method, agent: false, headers }, async (response) => {
        let answer = "";
        for await (const part of response.setEncoding("utf8")) answer += part;
        demand(response.statusCode < 300, `${method} ${path}: ${response.statusCode}`);
        resolve(answer === "" ? {} : JSON.parse(answer));
      });
      outgoing.on("error", reject).end(text);
    });
  }
  const place = (caller = "e0", callee = "+493023125010") =>
    api("POST", "/sessions/calls", { caller, callee });
  return { api, place };
}
