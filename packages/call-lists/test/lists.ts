// Lists for tests: their contacts, their clock, and a sipgate to call them by.
import { createClient } from "sipgate-call";
import { createSandbox, type Sandbox } from "sipgate-sandbox";
import type { Database } from "../src/database/database.js";
import { readNumberSecret } from "../src/lists/account.js";
import { agentCalled, type List, makeList } from "../src/lists/lists.js";
import { numberKey } from "../src/lists/number-key.js";
import { createAttemptStore } from "../src/work/attempt-store.js";
import type { Agent, Calling } from "../src/work/dial-contact.js";

/** A Wednesday, 10 o'clock in Germany. */
export const MORNING = "2026-11-25T09:00:00Z";

/** One of the account's numbers in the sandbox. */
export const OWN_NUMBER = "+496990009000";
export const SHOWN = { number: OWN_NUMBER, isOwn: true };

/** Moves the clock that all machines go by: it stands still then. */
export async function setMoment(database: Database, moment: string | Date): Promise<void> {
  const text = new Date(moment).toISOString();
  await database.query(
    `create or replace function sipgate_call.moment() returns timestamptz language sql stable as 'select timestamptz ''${text}'''`,
  );
}

export interface NewContact {
  readonly number: string;
  readonly priority?: number;
  readonly name?: string;
}

/** A list whose contacts have agreed to be called. */
export async function listOf(
  database: Database,
  name: string,
  contacts: readonly NewContact[],
  rules: object = {},
): Promise<List> {
  const list = await makeList(database, name);
  const secret = await readNumberSecret(database);
  await database.query("update sipgate_call.list set rules = $2, caller_id = $3 where id = $1", [
    list.id,
    JSON.stringify({ consentRequired: false, ...rules }),
    OWN_NUMBER,
  ]);
  for (const contact of contacts)
    await database.query(
      `with c as (
         insert into sipgate_call.contact (list_id, number, number_key, name, priority, turn)
         values ($1, $2, $3, $4, $5, sipgate_call.turn($5, null)) returning id, list_id, number_key)
       insert into sipgate_call.listed_number (contact_id, list_id, number_key) select * from c`,
      [
        list.id,
        contact.number,
        numberKey(secret, contact.number),
        contact.name ?? null,
        contact.priority ?? 0,
      ],
    );
  return list;
}

export const contactStates = (database: Database) =>
  database.query<{ id: string; number: string; state: string; done_because: string | null; due_at: Date }>(
    "select id, number, state, done_because, due_at from sipgate_call.contact order by id",
  );

export async function agentNamed(database: Database, name: string, caller = "e0"): Promise<Agent> {
  return { id: await agentCalled(database, name), caller, deviceId: undefined, shownNumber: SHOWN };
}

export interface Switchboard {
  readonly sandbox: Sandbox;
  /** Another process of somebody who calls. */
  callingAt(database: Database): Calling;
  close(): Promise<void>;
}

/** A sandbox whose time passes quickly by itself. */
export async function startSwitchboard(): Promise<Switchboard> {
  const sandbox = await createSandbox({ clock: "manual", strict: true });
  const { baseUrl, classic, clock } = sandbox;
  const timer = setInterval(() => void clock.advance(500), 5);
  return {
    sandbox,
    callingAt(database) {
      const store = createAttemptStore(database);
      const client = createClient({
        credentials: classic,
        baseUrl,
        platform: "classic",
        clock,
        idempotencyStore: store,
      });
      return { database, client, store, clock };
    },
    async close() {
      clearInterval(timer);
      await sandbox.close();
    },
  };
}
