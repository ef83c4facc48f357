// Answers every call request as sipgate does, and does no more, so the clients are what is slow. Each call has an id of
// its own: a client that mixes answers up is found out.
import { createServer } from "node:net";
import { serve } from "../processes.mjs";

const CALLER = '"caller":"e0"';
const CALLEE = '"callee":"+493023125000"';
let placed = 0;

/** Speaks as much HTTP as it takes: requests with a Content-Length, one after the other on each connection. */
const server = createServer((socket) => {
  let waiting = "";
  socket.on("error", () => socket.destroy());
  socket.setEncoding("latin1").on("data", (text) => {
    waiting += text;
    for (let size = sizeOfFirst(waiting); size <= waiting.length; size = sizeOfFirst(waiting)) {
      socket.write(answerTo(waiting.slice(0, size)));
      waiting = waiting.slice(size);
    }
  });
});

/** Length of the first request in a text, as far as it can be known. */
function sizeOfFirst(text) {
  const end = text.indexOf("\r\n\r\n");
  if (end === -1) return Number.POSITIVE_INFINITY;
  const length = /\ncontent-length: *(\d+)/i.exec(text.slice(0, end))?.[1] ?? "0";
  return end + 4 + Number(length);
}

function answerTo(request) {
  const isOrder = request.startsWith("POST /v2/sessions/calls ") && /\nauthorization: Basic /i.test(request);
  const isRight = isOrder && request.includes(CALLER) && request.includes(CALLEE);
  if (!isRight) return "HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n";
  placed += 1;
  const body = `{"sessionId":"call-${placed}"}`;
  return `HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: ${body.length}\r\n\r\n${body}`;
}

server.listen(0, "127.0.0.1", () => {
  serve({ baseUrl: `http://127.0.0.1:${server.address().port}/v2` }, {});
});
