// sipgate's own Node.js library (npm: sipgateio), unchanged, against the sandbox. Its base URL is fixed to
// https://api.sipgate.com/v2, so the sandbox stands in as its HTTP proxy: requests come with whole URLs.
import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import type { Sandbox } from "sipgate-sandbox";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { startSandbox, tokenNamed } from "./support.js";

type Credentials = { readonly tokenId?: string; readonly token: string };
type Answer = { readonly value?: unknown; readonly error?: string };
type Library = (module: string | undefined, method: string, ...args: unknown[]) => Promise<unknown>;

const CALLEE = "+493023125001"; // Answers, and talks until somebody hangs up.
const BUSY = "+493023125486";
const CALLER_ID = "+494066969900";
const UNTIL_CONNECTED = 5_000;
const START = Date.UTC(2026, 0, 5, 8, 0, 0); // Where a manual clock starts.

let sandbox: Sandbox;
let child: ChildProcess;

beforeAll(() => {
  child = fork(new URL("sipgateio-client.mjs", import.meta.url), {
    env: {},
    execArgv: [],
    serialization: "advanced",
  });
});

afterAll(() => void child.kill());

beforeEach(async () => {
  sandbox = await startSandbox();
});

/** The library with these credentials. Throws what the library throws. */
function library({ tokenId, token }: Credentials): Library {
  const credentials = tokenId === undefined ? { token } : { tokenId, token };
  return async (module, method, ...args) => {
    child.send({ proxy: new URL(sandbox.baseUrl).origin, credentials, module, method, args });
    const [{ value, error }] = (await once(child, "message")) as [Answer];
    if (error !== undefined) throw new Error(error);
    return value;
  };
}

function account(name: string): Credentials {
  const found = tokenNamed(sandbox, name);
  return found.tokenId === undefined
    ? { token: found.token }
    : { tokenId: found.tokenId, token: found.token };
}

describe("placing a call", () => {
  test("A call is placed from an extension", async () => {
    const initiated = await library(sandbox.classic)("Call", "initiate", {
      to: CALLEE,
      from: "e0",
      deviceId: "e0",
      callerId: CALLER_ID,
    });

    expect(sandbox.calls).toMatchObject([
      { caller: "e0", callee: CALLEE, callerIdShown: CALLER_ID, deviceId: "e0", state: "accepted" },
    ]);
    expect(initiated).toEqual({ sessionId: sandbox.calls[0]?.id });
    expect(sandbox.requests).toMatchObject([{ method: "POST", path: "/v2/sessions/calls", status: 200 }]);
    await sandbox.clock.advance(UNTIL_CONNECTED);
    expect(sandbox.calls[0]).toMatchObject({ state: "connected" });
  });

  test("A call is placed with the required fields only", async () => {
    await library(sandbox.classic)("Call", "initiate", { to: CALLEE, from: "p0" });

    expect(sandbox.calls).toMatchObject([{ caller: "p0", callee: CALLEE, deviceId: undefined }]);
  });

  test("A call is placed from a phone number, billed to a device", async () => {
    await library(sandbox.classic)("Call", "initiate", {
      to: CALLEE,
      from: "+494066969000",
      deviceId: "e0",
    });

    expect(sandbox.calls).toMatchObject([
      { caller: "+494066969000", callee: CALLEE, deviceId: "e0", callerIdShown: "+496990009000" },
    ]);
  });

  test("A call is placed with an OAuth access token", async () => {
    await library(account("classic-bearer"))("Call", "initiate", { to: CALLEE, from: "e0" });

    expect(sandbox.calls).toMatchObject([{ caller: "e0", callee: CALLEE }]);
  });

  test.each([
    ["classic", "e9", CALLEE, "Cannot access extension - not found or forbidden"],
    ["neo", "e0", CALLEE, "Cannot access extension - not found or forbidden"],
    ["classic-no-balance", "e0", CALLEE, "Insufficient funds"],
    ["classic", "e0", "+49110", "Invalid Call object"],
    ["classic-wrong-password", "e0", CALLEE, "Unauthorized"],
    ["classic-bearer-expired", "e0", CALLEE, "Unauthorized"],
    ["classic-rate-limited", "e0", CALLEE, "Request failed with status code 429"],
    ["classic-broken-server", "e0", CALLEE, "Request failed with status code 500"],
  ])(
    "A call of account %s from %s to %s is refused in the library's words: %s",
    async (name, from, to, words) => {
      await expect(library(account(name))("Call", "initiate", { to, from })).rejects.toThrow(words);
      expect(sandbox.calls).toEqual([]);
    },
  );
});

describe("around a call", () => {
  test("The library reads the user and the devices", async () => {
    const ask = library(sandbox.classic);
    const user = await ask(undefined, "getAuthenticatedWebuserId");

    expect(user).toBe("w0");
    await expect(ask("Devices", "getDevices", user)).resolves.toContainEqual(
      expect.objectContaining({ id: "e0", type: "REGISTER", online: true, dnd: false }),
    );
  });

  test("The library reads all numbers, and a page of them", async () => {
    const ask = library(sandbox.classic);

    await expect(ask("Numbers", "getAllNumbers")).resolves.toMatchObject({
      items: [{ number: "+496990009000" }, { number: "+496990009001" }, { number: "+496990009002" }],
    });
    await expect(ask("Numbers", "getAllNumbers", { offset: 1, limit: 1 })).resolves.toMatchObject({
      items: [{ number: "+496990009001" }],
    });
  });

  test("The library reads the history with its filters", async () => {
    const ask = library(sandbox.classic);
    await ask("Call", "initiate", { to: BUSY, from: "e0" });
    await ask("Call", "initiate", { to: "+493023125000", from: "e0" });
    await sandbox.clock.advance(60_000);

    const busy = { target: BUSY, direction: "MISSED_OUTGOING", status: "BUSY" };
    const talked = {
      target: "+493023125000",
      direction: "OUTGOING",
      status: "PICKUP",
      created: new Date(START),
    };
    await expect(ask("History", "fetchAll")).resolves.toMatchObject([talked, busy]);
    await expect(ask("History", "fetchAll", {}, { offset: 1, limit: 1 })).resolves.toMatchObject([busy]);
    const filter = {
      types: ["CALL"],
      directions: ["OUTGOING"],
      connectionIds: ["e0"],
      startDate: new Date(START),
    };
    await expect(ask("History", "fetchAll", filter)).resolves.toMatchObject([talked]);
  });
});

describe("the history and contacts of sipgate's own library", () => {
  /** Two calls of the past, newest first. */
  async function twoEntries(ask: Library): Promise<{ id: string; callId: string }[]> {
    await ask("Call", "initiate", { to: BUSY, from: "e0" });
    await ask("Call", "initiate", { to: "+493023125000", from: "e0" });
    await sandbox.clock.advance(60_000);
    return (await ask("History", "fetchAll")) as { id: string; callId: string }[];
  }

  test("The library reads one entry, and deletes one or several", async () => {
    const ask = library(sandbox.classic);
    const [newest, oldest] = await twoEntries(ask);
    await expect(ask("History", "fetchById", newest?.id)).resolves.toEqual(newest);
    await expect(ask("History", "fetchById", "1")).rejects.toThrow();
    await ask("History", "deleteById", newest?.id);
    await expect(ask("History", "fetchAll")).resolves.toEqual([oldest]);
    await expect(ask("History", "fetchById", newest?.id)).rejects.toThrow();
    await ask("History", "deleteByListOfIds", [oldest?.id]);
    await expect(ask("History", "fetchAll")).resolves.toEqual([]);
  });

  test("An empty list of ids deletes everything, as it does at sipgate", async () => {
    const ask = library(sandbox.classic);
    await twoEntries(ask);
    await ask("History", "deleteByListOfIds", []);
    await expect(ask("History", "fetchAll")).resolves.toEqual([]);
  });

  test("The library exports the history as CSV", async () => {
    const ask = library(sandbox.classic);
    const [newest, oldest] = await twoEntries(ask);
    await expect(ask("History", "exportAsCsvString")).resolves.toBe(
      [
        "id,type,direction,source,target,created,duration,status,note",
        `${newest?.id},CALL,OUTGOING,+496990009000,+493023125000,2026-01-05T08:00:00Z,30,PICKUP,`,
        `${oldest?.id},CALL,MISSED_OUTGOING,+496990009000,${BUSY},2026-01-05T08:00:00Z,0,BUSY,`,
        "",
      ].join("\r\n"),
    );
    await expect(ask("History", "exportAsCsvString", { types: ["FAX"] })).resolves.toMatch(/^id,[^\n]*\r\n$/);
  });

  test("The library reads the contacts", async () => {
    const shared = (await library(sandbox.classic)("Contacts", "exportAsJSON", "SHARED")) as string;
    expect(JSON.parse(shared)).toMatchObject({
      contacts: [{ name: "Ada Sandbox" }, { name: "Müller GmbH" }],
    });
    await expect(library(sandbox.classic)("Contacts", "exportAsCsv", "ALL")).resolves.toContain(
      "+493023125486",
    );
  });
});

describe("running calls", () => {
  test("A running call is listed once both parties talk", async () => {
    const ask = library(sandbox.classic);
    await ask("Call", "initiate", { to: CALLEE, from: "e0" });

    await expect(ask("RTCM", "getEstablishedCalls")).resolves.toEqual([]);
    await sandbox.clock.advance(UNTIL_CONNECTED);
    await expect(ask("RTCM", "getEstablishedCalls")).resolves.toMatchObject([
      {
        callId: sandbox.calls[0]?.id,
        muted: false,
        recording: false,
        hold: false,
        participants: [{ owner: true }, { phoneNumber: CALLEE, owner: false }],
      },
    ]);
  });

  test("A running call is muted, held, recorded, announced to, sent tones, transferred and hung up", async () => {
    const ask = library(sandbox.classic);
    await ask("Call", "initiate", { to: CALLEE, from: "e0" });
    await sandbox.clock.advance(UNTIL_CONNECTED);
    const [call] = (await ask("RTCM", "getEstablishedCalls")) as unknown[];

    await ask("RTCM", "mute", call, true);
    await ask("RTCM", "hold", call, true);
    await ask("RTCM", "record", call, { value: true, announcement: true });
    await ask("RTCM", "announce", call, "https://sandbox.example/greeting.wav");
    await ask("RTCM", "sendDTMF", call, "12ab#*");
    expect(sandbox.calls).toMatchObject([
      {
        muted: true,
        hold: true,
        recording: true,
        announcements: ["https://sandbox.example/greeting.wav"],
        dtmf: ["12AB#*"],
      },
    ]);

    await ask("RTCM", "mute", call, false);
    await ask("RTCM", "hold", call, false);
    await ask("RTCM", "transfer", call, { attended: true, phoneNumber: "+498999998000" });
    expect(sandbox.calls).toMatchObject([
      { muted: false, hold: false, transfers: [{ attended: true, phoneNumber: "+498999998000" }] },
    ]);

    await ask("RTCM", "hangUp", call);
    expect(sandbox.calls).toMatchObject([{ state: "ended", end: { party: "client", cause: "completed" } }]);
    await expect(ask("RTCM", "hangUp", call)).rejects.toThrow("The requested Call could not be found");
  });
});

test("The library sets and clears the push URLs", async () => {
  const ask = library(sandbox.classic);
  const url = "https://pushes.example/hook";

  await ask("Settings", "setOutgoingUrl", url);
  await ask("Settings", "setWhitelist", ["p0", "g0"]);
  await ask("Settings", "setLog", true);
  await expect(ask("Settings", "getWebhookSettings")).resolves.toEqual({
    incomingUrl: "",
    outgoingUrl: url,
    log: true,
    whitelist: ["p0", "g0"],
  });
  await ask("Settings", "clearOutgoingUrl");
  await ask("Settings", "disableWhitelist");
  await expect(ask("Settings", "getWebhookSettings")).resolves.toMatchObject({
    outgoingUrl: "",
    whitelist: null,
  });
});
