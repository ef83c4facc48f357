import { findList } from "../lists/lists.js";
import { removeWebhook, setWebhook } from "../outbox/webhook.js";
import { EXIT, type ListsCommand } from "./command.js";
import { withDatabase } from "./with-database.js";

export const webhook: ListsCommand = {
  name: "webhook",
  takes: ["LIST", "URL"],
  optional: 1,
  summary: "send the outcome of each call of the list to a URL, signed; without one, to none",
  run: ({ positionals: [list = "", url] }, terminal) =>
    withDatabase(async (database) => {
      const { id } = await findList(database, list);
      if (url === undefined) {
        await removeWebhook(database, id);
        terminal.show("Events go nowhere.", { type: "webhook", list });
      } else {
        const secret = await setWebhook(database, id, url);
        terminal.show(
          `Events go to ${url}. They are signed with this secret, which isn't shown again:\n${secret}`,
          {
            type: "webhook",
            list,
            url,
            secret,
          },
        );
      }
      return EXIT.ok;
    }),
};
