// Pages of a history as long as it's told: node server.mjs ENTRIES. Calls differ in what a client may keep of them.
import { createServer } from "node:http";
import { serve } from "../processes.mjs";

const entries = Number(process.argv[2]);
const NEWEST = Date.UTC(2026, 0, 5);

function entry(index) {
  return {
    id: String(entries - index),
    callId: `call-${entries - index}`,
    source: "+496990009000",
    target: `+493023125${String(index % 1000).padStart(3, "0")}`,
    type: "CALL",
    created: new Date(NEWEST - index * 60_000).toISOString(),
    direction: "OUTGOING",
    status: "PICKUP",
    callStatus: "SUCCESS",
    duration: index % 600,
  };
}

const server = createServer((request, response) => {
  const { pathname, searchParams } = new URL(request.url, "http://localhost");
  const [offset, limit] = [Number(searchParams.get("offset")), Number(searchParams.get("limit"))];
  const isRight = pathname === "/v2/history" && limit >= 1 && limit <= 1000;
  const count = Math.max(0, Math.min(limit, entries - offset));
  const items = Array.from({ length: count }, (_, place) => entry(offset + place));
  response.writeHead(isRight ? 200 : 400, { "content-type": "application/json" });
  response.end(JSON.stringify({ items, totalCount: entries }));
});
server.listen(0, "127.0.0.1", () => {
  serve({ baseUrl: `http://127.0.0.1:${server.address().port}/v2` }, {});
});
