// Holds the sandbox against sipgate's own OpenAPI document, which isn't part of this project:
//   npm run check:openapi -- path/to/sipgate-v2-openapi.yaml
// Makes requests to every operation that both know, and checks each answer's status and body, and the scopes demanded.
import { isDeepStrictEqual } from "node:util";
import { createSandbox } from "sipgate-sandbox";
import { described, ERROR, problemsOf, resolved, STATUSES_BEYOND, scopesOf } from "./openapi-document.mjs";

// ---- Checking

const sandbox = await createSandbox({ clock: "manual" });
const passed = [];
const failed = [];

function report(what, problems) {
  const found = problems.filter((problem) => problem !== undefined);
  (found.length === 0 ? passed : failed).push(what);
  console.log(found.length === 0 ? `ok      ${what}` : `FAILED  ${what}: ${found.join("; ")}`);
}

function account(name) {
  return sandbox.accounts.find((candidate) => candidate.name === name) ?? {};
}

function authorization({ tokenId, token }) {
  if (token === undefined) return {};
  const basic = Buffer.from(`${tokenId}:${token}`).toString("base64");
  return { authorization: tokenId === undefined ? `Bearer ${token}` : `Basic ${basic}` };
}

/** Fills in the parts of a path: `{callId: "x"}`. */
function filled(operation, { path: parts = {}, query = "" }) {
  const [method, template] = operation.split(" ");
  return [method, template.replace(/\{(\w+)\}/g, (_, name) => encodeURIComponent(parts[name])) + query];
}

async function ask(operation, request) {
  const { as = "classic", body, type = "application/json" } = request;
  const [method, target] = filled(operation, request);
  const response = await fetch(`${sandbox.baseUrl}${target}`, {
    method,
    headers: { ...authorization(account(as)), ...(body === undefined ? {} : { "content-type": type }) },
    ...(body === undefined ? {} : { body: typeof body === "string" ? body : JSON.stringify(body) }),
  });
  return {
    status: response.status,
    type: response.headers.get("content-type"),
    text: await response.text(),
  };
}

/** One request and its answer: the status expected, which the document knows, with the body that it describes. */
async function check(operation, title, status, request = {}) {
  const answer = await ask(operation, request);
  report(`${operation} ${status} ${title}`, [
    answer.status === status ? undefined : `answered ${answer.status} ${answer.text}`,
    statusProblem(operation, answer.status),
    bodyProblem(operation, answer),
  ]);
  return answer.text === "" ? undefined : JSON.parse(answer.text);
}

function statusProblem(operation, status) {
  const { responses } = described(operation);
  const isKnown = status in responses || status in STATUSES_BEYOND;
  return isKnown ? undefined : `the document has no ${status} here`;
}

function bodyProblem(operation, { status, type, text }) {
  if (status === 204) return text === "" ? undefined : "204 with a body";
  if (type !== "application/json") return `Content-Type is ${type}`;
  const content = described(operation).responses[status]?.content ?? {};
  const [schema] = Object.values(content).map((media) => media.schema);
  return problemsOf(JSON.parse(text), schema ?? ERROR);
}

// ---- Requests that succeed: one for each operation that both know

// Numbers of the film ranges: Berlin, Hamburg, Frankfurt, München. Nobody ever has them.
const CALLEE = "+493023125001"; // Talks until somebody hangs up.
const CALLER_ID = "+494066969900";
const USER = { path: { userId: "w0" } };
const DEVICE = { path: { deviceId: "e0" } };
const PLACE = "POST /sessions/calls";
const FULL_REQUEST = { caller: "e0", callee: CALLEE, callerId: CALLER_ID, deviceId: "e0" };

const READING = {
  "GET /authorization/userinfo": {},
  "GET /{userId}/devices": USER,
  "GET /devices/{deviceId}": DEVICE,
  "GET /devices/{deviceId}/callerid": DEVICE,
  "GET /numbers": {},
  "GET /balance": {},
  "GET /history": {},
  "GET /groups": {},
  "GET /callrestrictions": {},
  "GET /calls": {},
  "GET /account": {},
  "GET /users": {},
  "GET /users/{userId}": USER,
  "GET /{userId}/phonelines": USER,
  "GET /{userId}/numbers": USER,
  "GET /contacts": {},
};

/** Routes that our client never asks for: the sandbox has no tokens that lack their scopes. */
const OF_OTHER_CLIENTS = new Set([
  "GET /account",
  "GET /users",
  "GET /users/{userId}",
  "GET /{userId}/phonelines",
  "GET /contacts",
]);

const CONTROL = {
  "PUT /calls/{callId}/muted": { body: { value: true } },
  "PUT /calls/{callId}/hold": { body: { value: false } },
  "PUT /calls/{callId}/recording": { body: { value: true, announcement: true } },
  "POST /calls/{callId}/announcements": { body: { url: "https://sandbox.example/greeting.wav" } },
  "POST /calls/{callId}/dtmf": { body: { sequence: "123456" } },
  "POST /calls/{callId}/transfer": {
    body: { attended: true, phoneNumber: "+498999998000", callerId: CALLER_ID },
  },
  "DELETE /calls/{callId}": {},
};

const ORDERING = { [PLACE]: { body: FULL_REQUEST } };
const UNKNOWN_CALL = { path: { callId: "none" } };

async function connectedCall(request = {}) {
  const { sessionId } = await check(PLACE, "a call request in full", 200, { body: FULL_REQUEST, ...request });
  await sandbox.clock.advance(5_000);
  return { path: { callId: sessionId } };
}

async function checkPlacing() {
  await check(PLACE, "from an extension", 200, { body: { caller: "p0", callee: CALLEE } });
  const fromNumber = { caller: "+496990009000", callee: CALLEE };
  await check(PLACE, "from a number", 200, { body: { ...fromNumber, deviceId: "e0" } });
  await check(PLACE, "from a number without a deviceId", 400, { body: fromNumber });
  await check(PLACE, "invalid callee", 400, { body: { ...FULL_REQUEST, callee: "sales" } });
  await check(PLACE, "invalid caller", 400, { body: { ...FULL_REQUEST, caller: "sales" } });
  await check(PLACE, "insufficient funds", 402, { as: "classic-no-balance", body: FULL_REQUEST });
  await check(PLACE, "not this user's device", 403, { body: { ...FULL_REQUEST, caller: "e99" } });
  await check(PLACE, "on neo", 403, { as: "neo", body: FULL_REQUEST });
  await check(PLACE, "another Content-Type", 415, { body: "caller=e0", type: "text/plain" });
}

async function checkReading() {
  for (const [operation, request] of Object.entries(READING)) {
    await check(operation, "classic", 200, request);
    await check(operation, "neo", operation === "GET /groups" ? 403 : 200, { ...request, as: "neo" });
  }
  const filters = "types=CALL&directions=OUTGOING&limit=1000&offset=0&archived=false";
  await check("GET /history", "filtered", 200, { query: `?${filters}&from=2026-01-01T00:00:00Z` });
  await check("GET /history", "limit beyond the document's", 400, { query: "?limit=1001" });
  await check("GET /history", "direction that isn't one", 400, { query: "?directions=SIDEWAYS" });
  await check("GET /numbers", "a page", 200, { query: "?offset=1&limit=1" });
  await check("GET /callrestrictions", "of a user", 200, { query: "?userIds=w0" });
  await check("GET /callrestrictions", "of nobody", 404, { query: "?userIds=w99" });
  await check("GET /devices/{deviceId}", "not there", 404, { path: { deviceId: "e99" } });
  await check("GET /devices/{deviceId}/callerid", "not there", 404, { path: { deviceId: "e99" } });
}

async function checkControl() {
  const call = await connectedCall();
  const { data } = await check("GET /calls", "with a call", 200);
  report("GET /calls lists the call placed", [data.length === 0 ? "it's empty" : undefined]);
  for (const [operation, request] of Object.entries(CONTROL)) {
    await check(operation, "a call that isn't there", 404, { ...UNKNOWN_CALL, ...request });
    await check(operation, "a call", 204, { ...call, ...request });
  }
  await check("DELETE /calls/{callId}", "once more", 404, call);
}

async function checkRinging() {
  const { sessionId } = await check(PLACE, "to hold it while it rings", 200, { body: FULL_REQUEST });
  const request = { path: { callId: sessionId }, body: { value: true } };
  await check("PUT /calls/{callId}/hold", "a call that rings", 409, request);
}

/** Calls that end in every way there is, as `/history` shows them. */
async function checkHistory() {
  for (const ending of [
    ...["000", "020", "302", "402", "404", "408"],
    ...["480", "486", "487", "503", "603", "607"],
  ])
    await ask(PLACE, { body: { ...FULL_REQUEST, callee: `+493023125${ending}` } });
  await sandbox.clock.advance(120_000);
  const { items, totalCount } = await check("GET /history", "of calls with every ending", 200, {
    query: "?limit=100",
  });
  report("GET /history counts what it lists", [items.length === totalCount ? undefined : `${totalCount}`]);
}

/** Every field that the document requires is required. */
async function checkRequiredFields() {
  const call = await connectedCall();
  for (const [operation, request] of Object.entries({ ...ORDERING, ...CONTROL })) {
    const [media] = Object.values(described(operation).requestBody?.content ?? {});
    const { required = [] } = media === undefined ? {} : resolved(media.schema);
    for (const field of required) {
      const { [field]: _, ...body } = request.body;
      await check(operation, `without ${field}`, 400, { ...call, body });
    }
  }
}

async function checkCredentials() {
  for (const [operation, request] of Object.entries({ ...READING, ...ORDERING, ...CONTROL })) {
    await check(operation, "without credentials", 401, { ...UNKNOWN_CALL, ...request, as: "nobody" });
    await check(operation, "with a wrong token", 401, { ...UNKNOWN_CALL, ...request, as: "wrong token" });
  }
}

/** A token without a scope is refused where the document names that scope, with all that would do, and only there. */
async function checkScopes() {
  const lacking = sandbox.accounts.flatMap(({ name }) => {
    const [, scope] = /^classic-without-(\S+:\S+)$/.exec(name) ?? [];
    return scope === undefined ? [] : [{ name, scope }];
  });
  const operations = Object.entries({ ...READING, ...ORDERING, ...CONTROL });
  for (const [operation, request] of operations) {
    const scopes = scopesOf(operation);
    for (const { name, scope } of lacking) {
      const { status, text } = await ask(operation, { ...UNKNOWN_CALL, ...request, as: name });
      const named = status === 403 ? [...new Set(text.match(/\b(?:all|[a-z]+(?::[a-z]+)+)\b/g))] : [];
      const expected = scopes.includes(scope) ? scopes : [];
      const isSame = isDeepStrictEqual(named.sort(), expected.toSorted());
      report(`${operation} without the scope ${scope}: ${expected.length > 0 ? "refused" : "allowed"}`, [
        isSame ? undefined : `demanded [${named}], the document [${expected}]`,
      ]);
    }
    if (OF_OTHER_CLIENTS.has(operation)) continue;
    const isCovered = scopes.length === 0 || lacking.some(({ scope }) => scopes.includes(scope));
    report(`${operation} has a token that lacks its scope`, [isCovered ? undefined : `none of ${scopes}`]);
  }
}

await checkPlacing();
await checkControl();
await checkRinging();
await checkHistory();
await checkReading();
await checkRequiredFields();
await checkCredentials();
await checkScopes();
await sandbox.close();
console.log(`${passed.length} passed, ${failed.length} failed`);
process.exitCode = failed.length === 0 ? 0 : 1;
