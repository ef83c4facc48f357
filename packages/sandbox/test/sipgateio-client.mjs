// sipgate's own library, unchanged, in a process of its own: it does what it's told and says what came of it.
import sipgateio from "sipgateio";

process.on("message", async ({ proxy, credentials, module, method, args }) => {
  // The library looks for a proxy with each request.
  process.env.https_proxy = proxy;
  try {
    const client = sipgateio.sipgateIO(credentials);
    const target = module === undefined ? client : sipgateio[`create${module}Module`](client);
    process.send({ value: await target[method](...args) });
  } catch (error) {
    process.send({ error: error.message });
  }
});
