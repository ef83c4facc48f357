// The team's call lists as the page needs them.
import type { CallLists } from "sipgate-call-lists";
import type { Calls } from "../calls/calls.js";
import type { WireDesk, WireListProblem, WireLists, WireUnknownContact } from "../wire/wire.js";
import { Desk } from "./desk.js";
import { listProblemOf } from "./list-problem.js";
import { wireUnknownOf } from "./wire-contact.js";

export class Team {
  readonly desk: Desk;
  readonly #lists: CallLists;

  constructor(lists: CallLists, calls: Calls, told: (desk: WireDesk) => void) {
    this.#lists = lists;
    this.desk = new Desk(lists, calls, told);
  }

  /** How it stands after something was done. What went wrong is a part of the answer. */
  async after(work: Promise<unknown>): Promise<WireLists> {
    let failed: WireListProblem | undefined;
    const noted = (error: unknown) => {
      failed = listProblemOf(error);
    };
    await work.catch(noted);
    const statuses = await this.#lists.status().catch((error: unknown) => {
      noted(error);
      return [];
    });
    const desk = this.desk.wire;
    return { desk: failed === undefined ? desk : { ...desk, problem: failed }, statuses };
  }

  /** For all agents on all machines. */
  set(list: string, state: "running" | "paused" | "stopped"): Promise<void> {
    if (state === "running") return this.#lists.resume(list);
    return state === "paused" ? this.#lists.pause(list) : this.#lists.stop(list);
  }

  async unknown(list: string): Promise<WireUnknownContact[]> {
    return (await this.#lists.unknown(list)).map(wireUnknownOf);
  }

  review(contactId: string, wasReached: boolean): Promise<void> {
    return this.#lists.review(contactId, wasReached ? "reached" : "not-reached");
  }

  async close(): Promise<void> {
    await this.desk.close();
    await this.#lists.close();
  }
}
