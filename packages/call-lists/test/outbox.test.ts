// The outcome of each call goes to a URL of the team's own: signed, at least once, with an id that stays the same.
import { createHmac } from "node:crypto";
import { once } from "node:events";
import { createServer, type Server } from "node:http";
import { text } from "node:stream/consumers";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { Database } from "../src/database/database.js";
import { finishAttempt } from "../src/lists/attempt-outcome.js";
import { handOut } from "../src/lists/hand-out.js";
import { markDialling } from "../src/lists/mark-dialling.js";
import { deliverDue } from "../src/outbox/deliver.js";
import { setWebhook } from "../src/outbox/webhook.js";
import { emptyDatabase, startDatabases, type TestDatabases } from "./database.js";
import { agentNamed, listOf, MORNING, SHOWN, setMoment } from "./lists.js";

let databases: TestDatabases;
let database: Database;
beforeAll(async () => {
  databases = await startDatabases();
  database = databases.open(databases.newDatabase());
});
afterAll(() => databases.close());
beforeEach(async () => {
  await emptyDatabase(database);
  await setMoment(database, MORNING);
});

/** What a receiver was posted, and what it answers. */
interface Receiver {
  readonly url: string;
  readonly posts: { readonly headers: Record<string, string>; readonly body: string }[];
  status: number;
}
let server: Server;
let receiver: Receiver;
beforeEach(async () => {
  const posts: Receiver["posts"] = [];
  server = createServer(async (request, response) => {
    posts.push({ headers: request.headers as Record<string, string>, body: await text(request) });
    response.writeHead(receiver.status).end();
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  const port = typeof address === "object" ? address?.port : "";
  receiver = { url: `http://127.0.0.1:${port}/calls`, posts, status: 204 };
});
afterEach(() => {
  server.closeAllConnections();
  server.close();
});

/** One call that was answered. @returns the secret of the list's events */
async function oneCall(): Promise<string> {
  const list = await listOf(database, "spring", [{ number: "+493023125000", name: "Erika" }]);
  const secret = await setWebhook(database, list.id, receiver.url);
  const { id: agentId } = await agentNamed(database, "anna");
  const handed = await handOut(database, { listId: list.id, agentId, shownNumber: SHOWN });
  if (handed.kind !== "contact") throw new Error(handed.kind);
  const marked = await markDialling(database, handed.contact, agentId, SHOWN);
  if (marked.kind !== "marked") throw new Error(marked.kind);
  const end = { state: "ended", cause: "completed", party: "callee", durationSeconds: 30 } as const;
  await finishAttempt(database, marked.attemptId, { ...end, error: undefined });
  return secret;
}

describe("an event", () => {
  it("tells the outcome, and is signed as the Standard Webhooks specification has it", async () => {
    const secret = await oneCall();
    expect(await deliverDue(database)).toEqual({ taken: 1, failed: 0 });
    const [post] = receiver.posts;
    expect(JSON.parse(post?.body ?? "")).toMatchObject({
      type: "call",
      list: "spring",
      number: "+493023125000",
      name: "Erika",
      agent: "anna",
      outcome: "ended",
      cause: "completed",
      durationSeconds: 30,
    });
    const { "webhook-id": id, "webhook-timestamp": at, "webhook-signature": signature } = post?.headers ?? {};
    const key = Buffer.from(secret.replace("whsec_", ""), "base64");
    const expected = createHmac("sha256", key).update(`${id}.${at}.${post?.body}`).digest("base64");
    expect(signature).toBe(`v1,${expected}`);
    expect(at).toBe(String(new Date(MORNING).getTime() / 1_000));
    expect(await deliverDue(database)).toEqual({ taken: 0, failed: 0 });
    expect(receiver.posts).toHaveLength(1);
  });

  it("is sent again, ever later and with the same id, until it's taken", async () => {
    await oneCall();
    receiver.status = 500;
    const start = new Date(MORNING).getTime();
    const sentAt: number[] = [];
    for (let seconds = 0; seconds <= 80; seconds += 5) {
      await setMoment(database, new Date(start + seconds * 1_000));
      const { failed } = await deliverDue(database);
      if (failed > 0) sentAt.push(seconds);
    }
    expect(sentAt).toEqual([0, 10, 30, 70]);
    expect(receiver.posts).toHaveLength(4);
    server.closeAllConnections();
    server.close();
    await setMoment(database, new Date(start + 3_600_000));
    expect(await deliverDue(database)).toEqual({ taken: 0, failed: 1 });
    const [row] = await database.query<{ last_problem: string }>(
      "select last_problem from sipgate_call.outbox",
    );
    expect(row?.last_problem).toBe("ECONNREFUSED");
    // However often it was tried, it's tried again within an hour.
    await database.query("update sipgate_call.outbox set tries = 40");
    for (const [minutes, failed] of [
      [120, 1],
      [179, 0],
      [180, 1],
    ] as const) {
      await setMoment(database, new Date(start + minutes * 60_000));
      expect(await deliverDue(database)).toEqual({ taken: 0, failed });
    }
    expect(new Set(receiver.posts.map(({ headers }) => headers["webhook-id"])).size).toBe(1);
  });

  it("is delivered by one of several processes", async () => {
    await oneCall();
    await Promise.all([deliverDue(database), deliverDue(database), deliverDue(database)]);
    expect(receiver.posts).toHaveLength(1);
  });

  it("doesn't wait for those of a list that has no URL any more", async () => {
    await oneCall();
    await database.query(
      `insert into sipgate_call.outbox (list_id, attempt_id, type, body, created_at, due_at)
       select l.id, a.id, 'call', '{}', a.started_at, a.started_at - interval '1 hour'
         from sipgate_call.list l, sipgate_call.attempt a, generate_series(1, 20) where l.id = $1`,
      [(await listOf(database, "autumn", [])).id],
    );
    expect(await deliverDue(database)).toEqual({ taken: 1, failed: 0 });
    expect(receiver.posts).toHaveLength(1);
  });

  it("goes nowhere by plain http but to this machine", async () => {
    const list = await listOf(database, "spring", []);
    await expect(setWebhook(database, list.id, "http://example.com/calls")).rejects.toMatchObject({
      code: "usage",
    });
  });
});
