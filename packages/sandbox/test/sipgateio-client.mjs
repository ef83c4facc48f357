// sipgate's own library, unchanged, in a process of its own: it does what it's told and says what came of it.
import sipgateio from "sipgateio";

process.on("message", async ({ credentials, module, method, args }) => {
  try {
    const client = sipgateio.sipgateIO(credentials);
    const target = module === undefined ? client : sipgateio[`create${module}Module`](client);
    process.send({ value: await target[method](...args) });
  } catch (error) {
    process.send({ error: error.message });
  }
});
