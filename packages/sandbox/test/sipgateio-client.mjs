// sipgate's own library, unchanged, in its own process: calls the methods that it's sent, and returns the results.
import sipgateio from "sipgateio";

process.on("message", async ({ proxy, credentials, module, method, args }) => {
  // The library reads this for each request.
  process.env.https_proxy = proxy;
  try {
    const client = sipgateio.sipgateIO(credentials);
    const target = module === undefined ? client : sipgateio[`create${module}Module`](client);
    process.send({ value: await target[method](...args) });
  } catch (error) {
    process.send({ error: error.message });
  }
});
