// What was planned, what a person said to it, and what became of it: a file for each, named by a digest of the token.
import { nodeCrypto } from "../files/node-crypto.js";
import { createOnce, digest, namesIn, readJson, remove } from "../files/private-files.js";
import type { PlannedAction } from "./planned-action.js";

/** How a person has said yes. */
export type YesBy = "rules" | "client" | "page";

export interface Plan {
  readonly action: PlannedAction;
  /** Which account it's for. */
  readonly account: string;
  /** When it was made, milliseconds since 1970. */
  readonly at: number;
  /** What would happen, as a person reads it. */
  readonly sentence: string;
  /** The same in points, for a person to check. */
  readonly points: readonly string[];
}

/** What a person has said. */
export type Answer = { readonly yes: true; readonly by: YesBy } | { readonly yes: false };

/** What became of a call. */
export interface PlacedPlan {
  readonly callId: string;
  readonly platform: "classic" | "neo";
  readonly channelId?: string | undefined;
}

export const VALID_MS = 600_000;
const KEPT_MS = 86_400_000;

export interface PlanStore {
  /** @returns the token, which only its caller knows */
  create(plan: Plan): string;
  read(token: string): Plan | undefined;
  /** Only the first answer counts. */
  answer(token: string, answer: Answer): void;
  answerOf(token: string): Answer | undefined;
  placed(token: string, call: PlacedPlan): void;
  placedOf(token: string): PlacedPlan | undefined;
  /** @returns false if it was used before: of any number of processes, one gets `true` */
  use(token: string): boolean;
  /** Whether a call was placed by one of the plans. */
  hasPlaced(callId: string): boolean;
}

/** @param folder for this user only. Nobody else writes there. */
export function createPlanStore(folder: string): PlanStore {
  const nameOf = (token: string, kind: string) => `${digest(token)}.${kind}.json`;
  const read = <T>(token: string, kind: string) => readJson(folder, nameOf(token, kind)) as T | undefined;
  const create = (token: string, kind: string, content: unknown) =>
    createOnce(folder, nameOf(token, kind), content);

  const removeOld = () => {
    for (const name of namesIn(folder).filter((file) => file.endsWith(".plan.json"))) {
      const plan = readJson(folder, name) as Plan | undefined;
      if (plan === undefined || Date.now() - plan.at < KEPT_MS) continue;
      for (const kind of ["plan", "answer", "placed", "used"])
        remove(folder, name.replace(".plan.json", `.${kind}.json`));
    }
    for (const name of namesIn(folder).filter((file) => file.endsWith(".call.json"))) {
      const call = readJson(folder, name) as { at: number } | undefined;
      if (call !== undefined && Date.now() - call.at >= KEPT_MS) remove(folder, name);
    }
  };

  return {
    create(plan) {
      removeOld();
      const token = nodeCrypto().randomBytes(18).toString("base64url");
      create(token, "plan", plan);
      return token;
    },
    read: (token) => read<Plan>(token, "plan"),
    answer: (token, answer) => void create(token, "answer", answer),
    answerOf: (token) => read<Answer>(token, "answer"),
    placed(token, call) {
      create(token, "placed", call);
      createOnce(folder, `${digest(call.callId)}.call.json`, { at: Date.now() });
    },
    placedOf: (token) => read<PlacedPlan>(token, "placed"),
    use: (token) => create(token, "used", { at: Date.now() }),
    hasPlaced: (callId) => readJson(folder, `${digest(callId)}.call.json`) !== undefined,
  };
}

export function isExpired({ at }: Plan, now = Date.now()): boolean {
  return now - at > VALID_MS || at > now + VALID_MS;
}
