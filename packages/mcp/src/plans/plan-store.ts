// What was planned, what a person said to it, and what became of it: a file for each, named by a digest of the token.
import { nodeCrypto } from "../files/node-crypto.js";
import { createOnce, digest, isObject, isOlder, namesIn, readJson, remove } from "../files/private-files.js";
import { isAnswer, isAttempt, isCallNote, isOutcome, isPlacedPlan, isPlan } from "./decode.js";
import type { Answer, Attempt, ControlOutcome, PlacedCallNote, PlacedPlan, Plan } from "./plan.js";

const DAY_MS = 86_400_000;
/** A token that has rung somebody is remembered for longer than anybody uses it. */
const KEPT_MS: Readonly<Record<string, number>> = { plan: DAY_MS, answer: DAY_MS };
const KEPT_LONGER_MS = 30 * DAY_MS;

export interface PlanStore {
  /** @returns the token, which only its caller knows */
  create(plan: Plan): string;
  /** Undefined if there is none, or its file is damaged. */
  read(token: string): Plan | undefined;
  /** @returns whether it counts: only the first one does */
  answer(token: string, answer: Answer): boolean;
  /** A no if the file is damaged. */
  answerOf(token: string): Answer | undefined;
  placed(token: string, call: PlacedPlan, note: PlacedCallNote): void;
  /** Undefined if the file is damaged, too: the token is the key, so nobody is rung again. */
  placedOf(token: string): PlacedPlan | undefined;
  /**
   * Notes what is about to be sent, for all processes, even if this one is killed.
   *
   * @returns what takes it back if surely nothing was sent. It never throws: then it counts as sent
   * @throws if it can't be noted: then nothing may be sent
   */
  sending(token: string, attempt: Attempt): () => void;
  /** What was sent with a token, or may have been. Undefined only if surely nothing was. */
  sentOf(token: string): Attempt | undefined;
  /** What was sent to a number since then, and of which nothing more is known. */
  unknownAttempts(numbers: readonly string[], since: number): Attempt[];
  /** @returns false if it was used before: of any number of processes, one gets `true` */
  use(token: string): boolean;
  isUsed(token: string): boolean;
  /** Notes what became of a control. Never throws: then it isn't known. */
  ended(token: string, outcome: ControlOutcome): void;
  outcomeOf(token: string): ControlOutcome;
  /** Whether a call was placed by one of the plans. */
  hasPlaced(callId: string): boolean;
  /** What was noted of such a call. */
  noteOf(callId: string): PlacedCallNote | undefined;
  /** @returns false if another process has noted the end of the call already. Never throws */
  callEnded(callId: string): boolean;
}

/** @param folder for this user only. Nobody else writes there. */
export function createPlanStore(folder: string): PlanStore {
  const nameOf = (token: string, kind: string) => `${digest(token)}.${kind}.json`;
  const read = (token: string, kind: string) => readJson(folder, nameOf(token, kind));
  const create = (token: string, kind: string, content: unknown) =>
    createOnce(folder, nameOf(token, kind), content);

  /** All files of a plan are younger than the plan, so a plan goes first. */
  const removeOld = () => {
    for (const name of namesIn(folder)) {
      const [, kind = ""] = name.split(".");
      if (isOlder(folder, name, KEPT_MS[kind] ?? KEPT_LONGER_MS)) remove(folder, name);
    }
  };

  const attemptIn = (name: string): Attempt => {
    const attempt = readJson(folder, name);
    return isAttempt(attempt) ? attempt : { numbers: [], sentence: "A call" };
  };

  return {
    create(plan) {
      removeOld();
      const token = nodeCrypto().randomBytes(18).toString("base64url");
      create(token, "plan", plan);
      return token;
    },
    read(token) {
      const plan = read(token, "plan");
      return isPlan(plan) ? plan : undefined;
    },
    answer: (token, answer) => create(token, "answer", answer),
    answerOf(token) {
      const answer = read(token, "answer");
      if (answer === undefined) return undefined;
      return isAnswer(answer) ? answer : { yes: false };
    },
    placed(token, call, note) {
      create(token, "placed", call);
      createOnce(folder, nameOf(call.callId, "call"), note);
    },
    placedOf(token) {
      const placed = read(token, "placed");
      return isPlacedPlan(placed) ? placed : undefined;
    },
    sending(token, attempt) {
      const name = nameOf(token, `sent-${nodeCrypto().randomUUID()}`);
      createOnce(folder, name, attempt);
      return () => {
        try {
          remove(folder, name);
        } catch {
          // It counts as sent.
        }
      };
    },
    sentOf(token) {
      try {
        const names = namesIn(folder).filter((name) => name.startsWith(`${digest(token)}.sent-`));
        return names.map(attemptIn).sort((a, b) => (a.at ?? 0) - (b.at ?? 0))[0];
      } catch {
        return { numbers: [], sentence: "A call" };
      }
    },
    unknownAttempts(numbers, since) {
      const names = namesIn(folder);
      const placed = new Set(names.filter((name) => name.endsWith(".placed.json")));
      return names
        .filter((name) => name.includes(".sent-") && !placed.has(`${name.split(".")[0]}.placed.json`))
        .map(attemptIn)
        .filter((attempt) => (attempt.at ?? 0) >= since)
        .filter((attempt) => attempt.numbers.some((number) => numbers.includes(number)));
    },
    use: (token) => create(token, "used", {}),
    isUsed: (token) => read(token, "used") !== undefined,
    ended(token, outcome) {
      try {
        create(token, "outcome", { outcome });
      } catch {
        // It isn't known, then.
      }
    },
    outcomeOf(token) {
      const found = read(token, "outcome");
      return isOutcome(found) ? found.outcome : "unknown";
    },
    hasPlaced: (callId) => isObject(readJson(folder, nameOf(callId, "call"))),
    noteOf(callId) {
      const note = readJson(folder, nameOf(callId, "call"));
      return isCallNote(note) ? note : undefined;
    },
    callEnded(callId) {
      try {
        return create(callId, "end", {});
      } catch {
        return true;
      }
    },
  };
}
