// Contacts of whom it isn't known whether they were reached: somebody looks, and decides.
import { useEffect, useState } from "preact/hooks";
import type { WireUnknownContact } from "../../wire/wire.js";
import { post } from "../state/server.js";
import { callListWords } from "../words/call-list-words.js";

import { review, status } from "./desk-acts.js";
import { momentText } from "./list-texts.js";

export function UnknownContacts() {
  const list = status.value?.list;
  const count = status.value?.unknown ?? 0;
  const [found, setFound] = useState<readonly WireUnknownContact[]>([]);
  useEffect(() => {
    if (list === undefined || count === 0) return setFound([]);
    post<WireUnknownContact[]>("/api/lists/unknown", { list }).then(setFound, () => {});
  }, [list, count]);
  if (found.length === 0) return null;
  const { unknowns, unknownsLine } = callListWords.value;
  return (
    <details open>
      <summary>{unknowns(String(found.length))}</summary>
      <p class="small quiet">{unknownsLine}</p>
      <ul class="unknowns">
        {found.map((contact) => (
          <Unknown key={contact.id} contact={contact} />
        ))}
      </ul>
    </details>
  );
}

function Unknown({ contact }: { readonly contact: WireUnknownContact }) {
  const { by, reached, notReached } = callListWords.value;
  const { id, name, formatted, startedAt, agent } = contact;
  const who = name === undefined ? formatted : `${name}, ${formatted}`;
  const when = [startedAt && momentText(startedAt), agent && by(agent)].filter(Boolean).join(", ");
  return (
    <li>
      <span id={`unknown-${id}`}>
        {who}
        {when !== "" && <span class="small quiet"> {when}</span>}
      </span>
      <span class="actions">
        <button
          type="button"
          class="button"
          aria-describedby={`unknown-${id}`}
          onClick={() => void review(id, true)}
        >
          {reached}
        </button>
        <button
          type="button"
          class="button"
          aria-describedby={`unknown-${id}`}
          onClick={() => void review(id, false)}
        >
          {notReached}
        </button>
      </span>
    </li>
  );
}
