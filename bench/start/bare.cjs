// The floor: the same request with node:http or node:https, and nothing else.
const { SIPGATE_BASE_URL, SIPGATE_TOKEN_ID, SIPGATE_TOKEN, SIPGATE_CALLER, SIPGATE_CALLEE } = process.env;
const body = JSON.stringify({ caller: SIPGATE_CALLER, callee: SIPGATE_CALLEE });
const http = require(SIPGATE_BASE_URL.startsWith("https:") ? "node:https" : "node:http");
const request = http.request(
  `${SIPGATE_BASE_URL}/sessions/calls`,
  {
    method: "POST",
    auth: `${SIPGATE_TOKEN_ID}:${SIPGATE_TOKEN}`,
    headers: { "content-type": "application/json", "content-length": Buffer.byteLength(body) },
  },
  (response) => {
    let text = "";
    response.on("data", (data) => {
      text += data;
    });
    response.on("end", () => {
      console.log(`Status: ${response.statusCode}`);
      console.log(`Body: ${text}`);
      process.exitCode = response.statusCode === 200 ? 0 : 1;
    });
  },
);
request.end(body);
