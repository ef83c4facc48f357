import { EFFECTS, isEffect, listDispositions, setDispositions } from "../lists/dispositions.js";
import { findList } from "../lists/lists.js";
import { ListsError } from "../lists-error.js";
import { EXIT, type ListsCommand } from "./command.js";
import { withDatabase } from "./with-database.js";

export const dispositions: ListsCommand = {
  name: "dispositions",
  takes: ["LIST", "NAME=EFFECT"],
  optional: 1,
  repeats: true,
  summary: "show or set what agents may say of a call; without an effect, one is removed",
  run: ({ positionals: [name = "", ...typed] }, terminal) =>
    withDatabase(async (database) => {
      const { id } = await findList(database, name);
      await setDispositions(database, id, typed.map(changeOf));
      const found = await listDispositions(database, id);
      terminal.show(found.map((each) => `${each.name}=${each.effect}`).join("\n"), {
        type: "dispositions",
        list: name,
        dispositions: found,
      });
      return EXIT.ok;
    }),
};

function changeOf(typed: string) {
  const [, name = "", effect = ""] = /^([^=]{1,60})=([^=]*)$/.exec(typed) ?? [];
  if (name.trim() !== "" && effect === "") return { name: name.trim(), effect: undefined };
  if (name.trim() !== "" && isEffect(effect)) return { name: name.trim(), effect };
  throw new ListsError(
    "usage",
    `"${typed}" isn't a name and an effect.`,
    `Effects: ${EFFECTS.join(", ")}. For example: "has bought=done"`,
  );
}
