import { type ListRules, loosened, readListRules, setListRules } from "../lists/list-rules.js";
import { findList } from "../lists/lists.js";
import { ListsError } from "../lists-error.js";
import { withDefaults } from "../rules/list-settings.js";
import { settingsAsTyped, withTyped } from "../rules/setting-text.js";
import { EXIT, type ListsCommand } from "./command.js";
import { numberArgument } from "./number-argument.js";
import { withDatabase } from "./with-database.js";

export const rules: ListsCommand = {
  name: "rules",
  takes: ["LIST", "NAME=VALUE"],
  optional: 1,
  repeats: true,
  summary: "show or set a list's rules: hours, holidays, attempts, consent, the number that callees see",
  run: ({ positionals: [name = "", ...typed] }, terminal) =>
    withDatabase(async (database) => {
      const list = await findList(database, name);
      const before = await readListRules(database, list.id);
      const set = typed.length === 0 ? before : await changed(before, typed);
      if (typed.length > 0) await setListRules(database, list.id, set);
      const { changes, callerId, retentionDays } = set;
      const settings = withDefaults(changes);
      const looser = loosened(set);
      const lines = [
        `caller-id=${callerId ?? "none"}`,
        `retention-days=${retentionDays ?? "none"}`,
        ...settingsAsTyped(settings),
        ...(looser.length > 0
          ? ["", "Looser than usual:", ...looser.map((sentence) => `  ${sentence}`)]
          : []),
      ];
      terminal.show(lines.join("\n"), {
        type: "rules",
        list: name,
        callerId,
        retentionDays,
        ...settings,
        loosenedRules: looser,
      });
      return EXIT.ok;
    }),
};

async function changed(before: ListRules, typed: readonly string[]): Promise<ListRules> {
  const typedValue = (name: string) =>
    typed.findLast((text) => text.startsWith(`${name}=`))?.slice(name.length + 1);
  const callerId = typedValue("caller-id");
  const retention = typedValue("retention-days");
  const others = typed.filter((text) => !/^(?:caller-id|retention-days)=/.test(text));
  return {
    changes: withTyped(before.changes, others),
    callerId: callerId === undefined ? before.callerId : await callerIdOf(callerId),
    retentionDays: retention === undefined ? before.retentionDays : daysOf(retention),
  };
}

const callerIdOf = async (text: string) => (text === "none" ? undefined : numberArgument(text));

function daysOf(text: string): number | undefined {
  if (text === "none") return undefined;
  if (/^[1-9]\d{0,4}$/.test(text)) return Number(text);
  throw new ListsError(
    "usage",
    "retention-days takes a number of days, or none.",
    "For example: retention-days=90",
  );
}
