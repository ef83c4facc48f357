// Answers every order as sipgate does, in a process of its own, so that its CPU isn't counted.
import { createServer } from "node:http";

const server = createServer((request, response) => {
  let body = "";
  request.on("data", (data) => {
    body += data;
  });
  request.on("end", () => {
    const { caller, callee } = JSON.parse(body);
    const right = request.url === "/v2/sessions/calls" && caller === "e0" && callee === "+493023125000";
    response.writeHead(right ? 200 : 400, { "content-type": "application/json" });
    response.end(right ? '{"sessionId":"c2Vzc2lvbg"}' : "{}");
  });
});
server.listen(0, "127.0.0.1", () => console.log(`http://127.0.0.1:${server.address().port}/v2`));
