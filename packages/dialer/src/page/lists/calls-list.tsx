import type { WirePastCall } from "../../wire/wire.js";
import { Icon } from "../frame/icon.js";
import { clockText, dayName, dayOf, timeOfDay } from "../state/format.js";
import { history, isUnreadable, outcomeWord, pastName, search } from "../state/history.js";
import { isRoomy } from "../state/view.js";
import { language, words } from "../words/words.js";
import { MiniPicture } from "./mini-picture.js";
import { pick } from "./pick.js";
import { SearchField } from "./search-field.js";
import { VirtualList } from "./virtual-list.js";

/** Past calls with their outcome. A click fills the number in; it doesn't dial. */
export function CallsList() {
  const { calls, search: label, searchHint, countCalls } = words.value;
  const found = history.value;
  return (
    <div class="list">
      <div class="bar">
        <h2 class="visually-hidden">{calls}</h2>
        <SearchField label={label} hint={searchHint} text={search} />
        {found !== undefined && found.length > 0 && (
          <p class="small quiet">
            {countCalls(found.length.toLocaleString(language.value), found.length === 1)}
          </p>
        )}
      </div>
      <Found found={found} />
    </div>
  );
}

function Found({ found }: { readonly found: readonly WirePastCall[] | undefined }) {
  const { loading, unreadable, noCalls, nothingFound, calls, today, yesterday } = words.value;
  if (isUnreadable.value) return <p class="empty">{unreadable}</p>;
  if (found === undefined) return <p class="empty quiet">{loading}</p>;
  if (found.length === 0)
    return <p class="empty">{search.value.trim() === "" ? noCalls : nothingFound(search.value.trim())}</p>;
  return (
    <VirtualList
      items={found}
      label={calls}
      rowHeight={isRoomy.value ? 52 : 64}
      headingOf={({ startedAt }, before) =>
        startedAt !== undefined &&
        (before?.startedAt === undefined || dayOf(before.startedAt) !== dayOf(startedAt))
          ? dayName(startedAt, today, yesterday)
          : undefined
      }
      render={(call) => <PastCallRow call={call} />}
    />
  );
}

function PastCallRow({ call }: { readonly call: WirePastCall }) {
  const { minutes, incoming, callNumber } = words.value;
  const name = pastName(call);
  const { durationSeconds } = call.end;
  const outcome = [
    call.incoming ? incoming : "",
    outcomeWord(call),
    durationSeconds ? minutes(clockText(durationSeconds)) : "",
  ];
  return (
    <>
      <MiniPicture call={call} />
      <span class="who">{name}</span>
      <span class="tel">{name === call.formatted ? "" : call.formatted}</span>
      <span class="what">{outcome.filter(Boolean).join(", ")}</span>
      <time class="when" dateTime={call.startedAt}>
        {call.startedAt === undefined ? "" : timeOfDay(call.startedAt, false)}
      </time>
      {call.number !== undefined && (
        <button
          type="button"
          class="button only-icon"
          title={callNumber(name)}
          onClick={() => pick(call.number ?? "")}
        >
          <Icon name="phone" />
          <span class="visually-hidden">{callNumber(name)}</span>
        </button>
      )}
    </>
  );
}
