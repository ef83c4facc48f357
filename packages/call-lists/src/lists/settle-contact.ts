// Where a contact goes after something has become known of it: back to those who wait, to a person, or to the end.
import type { Queries } from "../database/database.js";
import { SCHEMA } from "../database/migrations.js";
import { judgeContact, type RuleName, type Verdict } from "../rules/rules.js";
import { type ContactFacts, FACTS, type FactsRow, readContactFacts } from "./contact-facts.js";

/** It waits for an agent who can call it. */
const OF_THE_AGENT: readonly RuleName[] = ["shown-number", "agent", "wrap-up"];
const OF_OTHERS: readonly RuleName[] = ["running", "unknown-outcome"];
/** These end, even if it isn't known when. */
const PASSING: readonly RuleName[] = [...OF_THE_AGENT, ...OF_OTHERS];

/** A number that surely would be allowed, for when it's not what is judged. */
const ANY_NUMBER = { number: "+493023125000", isOwn: true };

/** Judges a contact that no agent has, and puts it where it belongs. */
export async function settleContact(queries: Queries, contactId: string): Promise<void> {
  const [row] = await queries.query<FactsRow>(
    `select ${FACTS} from ${SCHEMA}.contact c join ${SCHEMA}.list l on l.id = c.list_id where c.id = $1 for update of c`,
    [contactId],
    "contact-facts",
  );
  if (row === undefined) return;
  const found = readContactFacts(row);
  await applyVerdict(queries, found, judgeContact(await found.facts(ANY_NUMBER)));
}

/** Takes a contact from the agent who has it, and puts it where the verdict sends it. */
export async function applyVerdict(queries: Queries, found: ContactFacts, verdict: Verdict): Promise<void> {
  const { state, because, dueAt, inSeconds } = destination(found, verdict);
  await queries.query(
    `update ${SCHEMA}.contact
        set state = $2, done_because = $3, lease = null, leased_by = null,
            due_at = coalesce($4, ${SCHEMA}.moment() + $5 * interval '1 second')
      where id = $1`,
    [found.contact.id, state, because ?? null, dueAt ?? null, inSeconds ?? 0],
    "settle-contact",
  );
}

interface Destination {
  readonly state: "waiting" | "unknown" | "done";
  /** The rule that has ended it. */
  readonly because?: RuleName;
  /** With `waiting`; neither: now. */
  readonly dueAt?: Date;
  readonly inSeconds?: number;
}

/** Another list is calling the number, or somebody has to look at what it did: nothing says when that's over. */
const LATER = { state: "waiting", inSeconds: 600 } as const;

function destination({ attempts }: ContactFacts, verdict: Verdict): Destination {
  if (verdict.allowed) return { state: "waiting" };
  const { reasons, earliest } = verdict;
  const isOwnUnknown = attempts.some(
    ({ ofThisList, cause, reviewed }) => ofThisList && cause === "unknown" && reviewed !== true,
  );
  const rules = reasons.map(({ rule }) => rule);
  if (rules.includes("unknown-outcome") && isOwnUnknown) return { state: "unknown" };
  if (earliest !== undefined) return { state: "waiting", dueAt: earliest };
  const final = reasons.find(({ rule, until }) => until === undefined && !PASSING.includes(rule));
  if (final !== undefined) return { state: "done", because: final.rule };
  return rules.some((rule) => OF_OTHERS.includes(rule)) ? LATER : { state: "waiting" };
}
