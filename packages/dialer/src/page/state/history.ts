import { computed, effect, signal } from "@preact/signals";
import type { WireHistory, WirePastCall } from "../../wire/wire.js";
import { words } from "../words/words.js";
import { account, contactOf } from "./account.js";
import { current, isOver } from "./calls.js";
import { get } from "./server.js";

/** Newest first; undefined until it has been read. */
const past = signal<readonly WirePastCall[] | undefined>(undefined);
export const isUnreadable = signal(false);
export const search = signal("");

export const pastName = ({ number, formatted }: WirePastCall): string =>
  (number !== undefined && contactOf(number)?.name) || formatted || words.value.withheld;

export const outcomeWord = ({ end }: WirePastCall): string => words.value.ends[end.cause].word;

const texts = computed(() =>
  past.value?.map((call) =>
    `${pastName(call)} ${call.formatted} ${call.number ?? ""} ${outcomeWord(call)}`.toLocaleLowerCase(),
  ),
);

export const history = computed(() => {
  const wanted = search.value.toLocaleLowerCase().split(/\s+/).filter(Boolean);
  if (wanted.length === 0) return past.value;
  const digits = search.value.replace(/[^\d+]/g, "");
  return past.value?.filter((call, index) => {
    const text = texts.value?.[index] ?? "";
    return (
      wanted.every((word) => text.includes(word)) ||
      (digits.length > 2 && (call.number ?? "").includes(digits))
    );
  });
});

/** The newest at once, then all that there are. */
async function loadHistory(): Promise<void> {
  try {
    const { calls, isAll } = await get<WireHistory>("/api/history");
    if (past.value === undefined) past.value = calls;
    past.value = isAll ? calls : (await get<WireHistory>("/api/whole-history")).calls;
    isUnreadable.value = false;
  } catch {
    isUnreadable.value = past.value === undefined;
  }
}

/** How long the history takes to show a call isn't known. */
const AFTER_END_MS = 3_000;

/** Reads it when the account is known or changes, and after each call. */
export function keepHistory(): void {
  let of = "";
  effect(() => {
    const profile = account.value?.profile;
    // Read at once, and again if it's another account's.
    if (profile === undefined || profile === of) return;
    if (of !== "") past.value = undefined;
    if (of !== "" || past.peek() === undefined) void loadHistory();
    of = profile;
  });
  const endedId = computed(() => (current.value && isOver(current.value) ? current.value.id : ""));
  effect(() => {
    if (endedId.value !== "") setTimeout(() => void loadHistory(), AFTER_END_MS);
  });
}
