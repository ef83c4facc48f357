// What was planned, what a person said to it, and what became of it: a file for each, named by a digest of the token.
import { nodeCrypto } from "../files/node-crypto.js";
import { createOnce, digest, isObject, isOlder, namesIn, readJson, remove } from "../files/private-files.js";
import { isAnswer, isPlacedPlan, isPlan } from "./decode.js";
import type { Answer, PlacedPlan, Plan } from "./plan.js";

const KEPT_MS = 86_400_000;

export interface PlanStore {
  /** @returns the token, which only its caller knows */
  create(plan: Plan): string;
  /** Undefined if there is none, or its file is damaged. */
  read(token: string): Plan | undefined;
  /** Only the first answer counts. */
  answer(token: string, answer: Answer): void;
  /** A no if the file is damaged. */
  answerOf(token: string): Answer | undefined;
  placed(token: string, call: PlacedPlan): void;
  /** Undefined if the file is damaged, too: the token is the key, so nobody is rung again. */
  placedOf(token: string): PlacedPlan | undefined;
  /** @returns false if it was used before: of any number of processes, one gets `true` */
  use(token: string): boolean;
  /** Whether a call was placed by one of the plans. */
  hasPlaced(callId: string): boolean;
}

/** @param folder for this user only. Nobody else writes there. */
export function createPlanStore(folder: string): PlanStore {
  const nameOf = (token: string, kind: string) => `${digest(token)}.${kind}.json`;
  const read = (token: string, kind: string) => readJson(folder, nameOf(token, kind));
  const create = (token: string, kind: string, content: unknown) =>
    createOnce(folder, nameOf(token, kind), content);

  /** All files of a plan are younger than the plan, so a plan goes first. */
  const removeOld = () => {
    for (const name of namesIn(folder)) if (isOlder(folder, name, KEPT_MS)) remove(folder, name);
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
    answer: (token, answer) => void create(token, "answer", answer),
    answerOf(token) {
      const answer = read(token, "answer");
      if (answer === undefined) return undefined;
      return isAnswer(answer) ? answer : { yes: false };
    },
    placed(token, call) {
      create(token, "placed", call);
      createOnce(folder, nameOf(call.callId, "call"), {});
    },
    placedOf(token) {
      const placed = read(token, "placed");
      return isPlacedPlan(placed) ? placed : undefined;
    },
    use: (token) => create(token, "used", {}),
    hasPlaced: (callId) => isObject(readJson(folder, nameOf(callId, "call"))),
  };
}
