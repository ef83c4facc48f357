import { computed, signal } from "@preact/signals";
import type { WireContact } from "../../wire/wire.js";
import { Icon } from "../frame/icon.js";
import { account } from "../state/account.js";
import { language, words } from "../words/words.js";
import { pick } from "./pick.js";
import { SearchField } from "./search-field.js";
import { VirtualList } from "./virtual-list.js";

const search = signal("");

const found = computed(() => {
  const wanted = search.value.toLocaleLowerCase().split(/\s+/).filter(Boolean);
  const all = account.value?.contacts ?? [];
  if (wanted.length === 0) return all;
  return all.filter(({ name, organization, numbers }) => {
    const text = `${name} ${organization ?? ""} ${numbers.map(({ number }) => number).join(" ")}`;
    return wanted.every((word) => text.toLocaleLowerCase().includes(word));
  });
});

export function ContactsList() {
  const {
    contacts,
    searchContacts,
    searchContactsHint,
    countContacts,
    noContacts,
    nothingFound,
    unreadable,
  } = words.value;
  const isUnreadable = account.value?.unreadable.includes("contacts") === true;
  return (
    <div class="list">
      <div class="bar">
        <h2 class="visually-hidden">{contacts}</h2>
        <SearchField label={searchContacts} hint={searchContactsHint} text={search} />
        {found.value.length > 0 && (
          <p class="small quiet">
            {countContacts(found.value.length.toLocaleString(language.value), found.value.length === 1)}
          </p>
        )}
      </div>
      {found.value.length === 0 ? (
        <p class="empty">
          {isUnreadable
            ? unreadable
            : search.value.trim() === ""
              ? noContacts
              : nothingFound(search.value.trim())}
        </p>
      ) : (
        <VirtualList
          items={found.value}
          label={contacts}
          rowHeight={64}
          render={(contact) => <ContactRow contact={contact} />}
        />
      )}
    </div>
  );
}

function ContactRow({ contact: { name, organization, numbers } }: { readonly contact: WireContact }) {
  const { callNumber } = words.value;
  const what = [
    organization === name ? undefined : organization,
    ...numbers.map(({ formatted }) => formatted),
  ];
  return (
    <>
      <span class="who">{name}</span>
      <span class="what">{what.filter(Boolean).join(", ")}</span>
      <button
        type="button"
        class="button only-icon"
        title={callNumber(name)}
        onClick={() => pick(numbers[0]?.number ?? "")}
      >
        <Icon name="phone" />
        <span class="visually-hidden">{callNumber(name)}</span>
      </button>
    </>
  );
}
