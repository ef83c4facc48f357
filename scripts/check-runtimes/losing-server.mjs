// A server that answers what reads and keeps the connection, and loses each order once it has read all of it.
import { createServer } from "node:net";

const CORS = "Access-Control-Allow-Origin: *\r\nAccess-Control-Allow-Headers: *, authorization\r\n";

/** @param loss `close`, `reset`, or the status to answer and close with */
export async function losingServer(loss) {
  let orders = 0;
  const sockets = new Set();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on("error", () => {});
    let text = "";
    socket.on("data", (data) => {
      text += data.toString("latin1");
      for (let request = nextOf(text); request !== undefined; request = nextOf(text)) {
        text = request.rest;
        if (request.method === "OPTIONS") socket.write(`HTTP/1.1 204 No Content\r\n${CORS}\r\n`);
        else if (request.method === "GET")
          socket.write(
            `HTTP/1.1 200 OK\r\n${CORS}Content-Type: application/json\r\nContent-Length: 31\r\n\r\n{"amount":100,"currency":"EUR"}`,
          );
        else {
          orders += 1;
          if (loss === "close") socket.end();
          else if (loss === "reset") socket.resetAndDestroy();
          else socket.end(`HTTP/1.1 ${loss} Lost\r\n${CORS}Content-Length: 0\r\nConnection: close\r\n\r\n`);
        }
      }
    });
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    baseUrl: `http://127.0.0.1:${server.address().port}/v2`,
    orders: () => orders,
    close: () =>
      new Promise((resolve) => {
        for (const socket of sockets) socket.destroy();
        server.close(resolve);
      }),
  };
}

/** The first request of a text, once it's there with all of its body. */
function nextOf(text) {
  const end = text.indexOf("\r\n\r\n");
  if (end < 0) return undefined;
  const head = text.slice(0, end);
  const body = text.slice(end + 4);
  const length = /^content-length: (\d+)/im.exec(head)?.[1];
  const isChunked = /^transfer-encoding: chunked/im.test(head);
  const last = isChunked ? body.indexOf("0\r\n\r\n") + 5 : Number(length ?? 0);
  if ((isChunked && last < 5) || body.length < last) return undefined;
  return { method: head.split(" ")[0], rest: body.slice(last) };
}
