// The same request by sipgate's own library.
const { sipgateioAt } = require("../peers.cjs");

const { SIPGATE_BASE_URL, SIPGATE_TOKEN_ID, SIPGATE_TOKEN, SIPGATE_CALLER, SIPGATE_CALLEE } = process.env;
const { createCallModule, sipgateIO } = sipgateioAt(SIPGATE_BASE_URL);
createCallModule(sipgateIO({ tokenId: SIPGATE_TOKEN_ID, token: SIPGATE_TOKEN }))
  .initiate({ from: SIPGATE_CALLER, to: SIPGATE_CALLEE })
  .then((answer) => console.log(`Body: ${JSON.stringify(answer)}`));
