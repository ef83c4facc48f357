// Sends the same request again and again, some at once: node load.mjs BASE_URL. Written on sockets, so it takes
// less than the server it measures.
import { connect } from "node:net";
import { demand } from "../measure.mjs";
import { ACCOUNT, serve } from "../processes.mjs";

const [baseUrl] = process.argv.slice(2);
const { hostname, port, pathname } = new URL(baseUrl);
const { SIPGATE_TOKEN_ID, SIPGATE_TOKEN, SIPGATE_CALLER: caller } = ACCOUNT;

const REQUESTS = {
  read: { method: "GET", path: "/balance", body: "" },
  place: {
    method: "POST",
    path: "/sessions/calls",
    body: JSON.stringify({ caller, callee: "+493023125001" }),
  },
};

function textOf({ method, path, body }) {
  const head = [
    `${method} ${pathname}${path} HTTP/1.1`,
    `Host: ${hostname}`,
    `Authorization: Basic ${btoa(`${SIPGATE_TOKEN_ID}:${SIPGATE_TOKEN}`)}`,
    ...(body === "" ? [] : ["Content-Type: application/json", `Content-Length: ${body.length}`]),
  ];
  return `${head.join("\r\n")}\r\n\r\n${body}`;
}

/** Sends so many requests on so many connections. Every answer has to be a 200 with a length. */
async function send({ kind, requests, atOnce }) {
  const text = textOf(REQUESTS[kind]);
  let left = requests;
  const connection = () =>
    new Promise((resolve, reject) => {
      const socket = connect(Number(port), hostname);
      let answer = "";
      const next = () => {
        left -= 1;
        if (left >= 0) socket.write(text);
        else socket.end(resolve);
      };
      socket.setNoDelay().setEncoding("latin1").on("error", reject).on("connect", next);
      socket.on("data", (data) => {
        answer += data;
        const [, length] =
          /^HTTP\/1\.1 200 [\s\S]*?\ncontent-length: *(\d+)[\s\S]*?\r\n\r\n/i.exec(answer) ?? [];
        demand(length !== undefined, answer);
        if (answer.length < answer.indexOf("\r\n\r\n") + 4 + Number(length)) return;
        answer = "";
        next();
      });
    });
  const begun = performance.now();
  await Promise.all(Array.from({ length: atOnce }, connection));
  return { seconds: (performance.now() - begun) / 1000 };
}

serve({}, { send });
