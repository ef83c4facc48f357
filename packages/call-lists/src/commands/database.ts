import { once } from "node:events";
import { startEmbedded } from "../database/embedded.js";
import { EXIT, type ListsCommand } from "./command.js";

export const database: ListsCommand = {
  name: "database",
  takes: ["FOLDER"],
  summary: "run a PostgreSQL of your own in a folder, for this machine, if you have none; Ctrl+C ends it",
  async run({ positionals: [folder = ""] }, terminal) {
    const ending = Promise.race([once(process, "SIGINT"), once(process, "SIGTERM")]);
    const { urlFile, port, stop } = await startEmbedded(folder);
    terminal.show(
      `PostgreSQL runs at 127.0.0.1:${port}. In other terminals: export SIPGATE_DATABASE_URL="$(cat '${urlFile}')"`,
      { type: "database", port, urlFile },
    );
    await ending;
    await stop();
    return EXIT.ok;
  },
};
