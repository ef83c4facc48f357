// Loads the peers, which only the bench has, and sends sipgate's library to a server of ours.
const { createRequire } = require("node:module");

const requirePeer = createRequire(`${__dirname}/.peers/package.json`);

/** sipgateio, whose base URL is fixed, so it's given to the axios below it. */
function sipgateioAt(baseURL) {
  const path = requirePeer.resolve("sipgateio");
  const axios = createRequire(path)("axios");
  const { create } = axios;
  axios.create = (config) => create.call(axios, { ...config, baseURL });
  return requirePeer(path);
}

module.exports = { requirePeer, sipgateioAt };
