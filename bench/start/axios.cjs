// The original example's way: axios and dotenv.
const { requirePeer } = require("../peers.cjs");

requirePeer("dotenv").config({ quiet: true });
const axios = requirePeer("axios");

const { SIPGATE_BASE_URL, SIPGATE_TOKEN_ID, SIPGATE_TOKEN, SIPGATE_CALLER, SIPGATE_CALLEE } = process.env;
axios
  .post(
    `${SIPGATE_BASE_URL}/sessions/calls`,
    { caller: SIPGATE_CALLER, callee: SIPGATE_CALLEE },
    { auth: { username: SIPGATE_TOKEN_ID, password: SIPGATE_TOKEN } },
  )
  .then((response) => {
    console.log(`Status: ${response.status}`);
    console.log(`Body: ${JSON.stringify(response.data)}`);
  });
