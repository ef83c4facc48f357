// The same request with Node's own fetch.
const { SIPGATE_BASE_URL, SIPGATE_TOKEN_ID, SIPGATE_TOKEN, SIPGATE_CALLER, SIPGATE_CALLEE } = process.env;
void fetch(`${SIPGATE_BASE_URL}/sessions/calls`, {
  method: "POST",
  headers: {
    authorization: `Basic ${btoa(`${SIPGATE_TOKEN_ID}:${SIPGATE_TOKEN}`)}`,
    "content-type": "application/json",
  },
  body: JSON.stringify({ caller: SIPGATE_CALLER, callee: SIPGATE_CALLEE }),
}).then(async (response) => {
  console.log(`Status: ${response.status}`);
  console.log(`Body: ${await response.text()}`);
});
