// The part of the JSON API that is about call lists.
import type { Accounts } from "../account/accounts.js";
import type { Team } from "../lists/team.js";
import { flagIn, orderIdIn, textIn } from "../wire/decode.js";
import { beginningIn, contactIn, listStateIn, reviewIn, saidIn } from "../wire/decode-lists.js";

export function createListRoutes(team: Team, accounts: Accounts) {
  const { desk } = team;
  return {
    "GET /api/lists": () => team.after(Promise.resolve()),
    "POST /api/lists/work": async (body: object) => {
      const { client, name } = accounts.chosen;
      return team.after(desk.begin(client, name, beginningIn(body)));
    },
    "POST /api/lists/next": () => team.after(desk.next()),
    "POST /api/lists/skip": async (body: object) => team.after(desk.skip(contactIn(body))),
    "POST /api/lists/leave": () => team.after(desk.leave()),
    "POST /api/lists/call": async (body: object) => {
      const isPlaced = await desk.call(orderIdIn(body), contactIn(body), flagIn(body, "isBrowserReady"));
      return { isPlaced };
    },
    "POST /api/lists/say": async (body: object) => team.after(desk.say(saidIn(body))),
    "POST /api/lists/state": async (body: object) =>
      team.after(team.set(textIn(body, "list"), listStateIn(body))),
    "POST /api/lists/unknown": (body: object) => team.unknown(textIn(body, "list")),
    "POST /api/lists/review": async (body: object) => {
      const { contact, wasReached } = reviewIn(body);
      return team.after(team.review(contact, wasReached));
    },
  };
}
