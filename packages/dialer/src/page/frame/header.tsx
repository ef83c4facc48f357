import { isBrowser, phoneState, phoneStatus } from "../phone/browser-phone.js";
import { device } from "../state/account.js";
import { desk } from "../state/desk.js";
import { isWide, show, type View, view } from "../state/view.js";
import { words } from "../words/words.js";
import { Icon } from "./icon.js";

export function Header() {
  const { product, settings, sections, dial, calls, contacts, callWith, device: says } = words.value;
  const phone = device.value;
  const isAway = isBrowser(phone?.id ?? "")
    ? phoneStatus.value !== "ready"
    : phone?.online === false || phone?.dnd === true;
  const isThis = isBrowser(phone?.id ?? "");
  const state = isThis
    ? phoneState()
    : phone?.dnd === true
      ? says.dnd
      : phone?.online === false
        ? says.offline
        : "";
  return (
    <header>
      <h1 class="brand">{product}</h1>
      <nav aria-label={sections}>
        {!isWide.value && <NavLink to="dial" text={dial} />}
        <NavLink to="calls" text={calls} />
        <NavLink to="contacts" text={contacts} />
        {desk.value !== undefined && <NavLink to="call-list" text={words.value.callLists.tab} />}
      </nav>
      <button
        type="button"
        class={isAway ? "status away" : "status"}
        title={words.value.phone.title}
        onClick={() => show("settings")}
      >
        <span class="visually-hidden">{callWith} </span>
        <span>
          {phone === undefined
            ? ""
            : [isThis ? words.value.thisBrowser : phone.name, state].filter(Boolean).join(", ")}
        </span>
      </button>
      <button
        type="button"
        class="button only-icon"
        title={settings}
        aria-pressed={view.value === "settings"}
        onClick={() => show(view.value === "settings" ? "calls" : "settings")}
      >
        <Icon name="settings" />
        <span class="visually-hidden">{settings}</span>
      </button>
    </header>
  );
}

function NavLink({ to, text }: { readonly to: View; readonly text: string }) {
  const isHere = view.value === to || (to === "calls" && isWide.value && view.value === "dial");
  return (
    <a href={`#${to}`} aria-current={isHere ? "page" : undefined}>
      {text}
    </a>
  );
}
