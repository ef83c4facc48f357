// What the sandbox is held against, on the same node:http: node plain-servers.mjs empty|static
import { createServer } from "node:http";
import { serve, usage } from "../processes.mjs";

const HANDLERS = {
  /** The floor. */
  empty: (_request, response) => response.setHeader("content-length", 0).end(),
  /** As Prism and stripe-mock do: reads the request and answers the same example whatever it asks. */
  static(request, response) {
    let body = "";
    request.setEncoding("utf8").on("data", (data) => {
      body += data;
    });
    request.on("end", () => {
      const example =
        request.method === "GET" ? { amount: 123456, currency: "EUR" } : { sessionId: "session" };
      if (body !== "") JSON.parse(body);
      const answer = JSON.stringify(example);
      response
        .writeHead(200, { "content-type": "application/json", "content-length": answer.length })
        .end(answer);
    });
  },
};

const server = createServer(HANDLERS[process.argv[2]]);
server.listen(0, "127.0.0.1", () => {
  serve({ baseUrl: `http://127.0.0.1:${server.address().port}/v2` }, { usage });
});
