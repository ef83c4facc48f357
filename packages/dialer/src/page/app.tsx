import { Stage } from "./call/stage.js";
import { Announcer } from "./frame/announcer.js";
import { CallStrip } from "./frame/call-strip.js";
import { Gone, Locked, TakenElsewhere } from "./frame/gate.js";
import { Header } from "./frame/header.js";
import { LazyView } from "./frame/lazy-view.js";
import { CallsList } from "./lists/calls-list.js";
import {
  answered,
  calleeDevice,
  dialling,
  incoming,
  isTakingUp,
  ownCall,
  waiting,
} from "./phone/browser-phone.js";
import { PhoneStage } from "./phone/phone-stage.js";
import { account } from "./state/account.js";
import { current } from "./state/calls.js";
import { desk } from "./state/desk.js";
import { isTakenElsewhere } from "./state/links.js";
import { access } from "./state/server.js";
import { isWide, view } from "./state/view.js";
import { words } from "./words/words.js";

const loadContacts = () => import("./lists/contacts-list.js").then(({ ContactsList }) => ContactsList);
const loadSettings = () => import("./frame/settings-view.js").then(({ SettingsView }) => SettingsView);
const loadCallList = async () => (await import("./call-list/call-list-page.js")).loadCallListPage();

export function App() {
  if (isTakenElsewhere.value) return <TakenElsewhere />;
  if (access.value === "locked") return <Locked />;
  if (access.value === "starting") return null;
  if (calleeDevice !== "") return <OtherPhone />;
  // A call that nobody has asked for takes the place of what isn't a call.
  const hasPhoneCall =
    (incoming.value ?? answered.value ?? waiting.value ?? dialling.value) !== undefined || isTakingUp.value;
  // What one talks with is shown; an order of the dialer's that waits meanwhile stands below.
  const isRinging = ownCall.value !== undefined || (current.value === undefined && hasPhoneCall);
  const showsCall = isWide.value || view.value === "dial";
  const showsList = isWide.value || view.value !== "dial";
  return (
    <div class="frame">
      {showsCall && (
        <a class="skip" href="#stage">
          {words.value.skip}
        </a>
      )}
      <div>
        {account.value?.sandbox === true && (
          <aside aria-label={words.value.notice}>
            <p class="strip">{words.value.sandbox}</p>
          </aside>
        )}
        {access.value === "gone" && <Gone />}
        <CallStrip />
      </div>
      <Header />
      <main>
        {showsCall && (isRinging ? <PhoneStage /> : <Stage />)}
        {showsList && (
          <section class="lists" aria-label={words.value.lists}>
            {view.value === "contacts" ? (
              <LazyView key="contacts" load={loadContacts} />
            ) : view.value === "settings" ? (
              <LazyView key="settings" load={loadSettings} />
            ) : view.value === "call-list" && desk.value !== undefined ? (
              <LazyView key="call-list" load={loadCallList} />
            ) : (
              <CallsList />
            )}
          </section>
        )}
      </main>
      <Announcer />
    </div>
  );
}

/** The sandbox's second page: the phone that is called. */
function OtherPhone() {
  return (
    <div class="frame">
      <aside aria-label={words.value.notice}>
        <p class="strip">{words.value.sandbox}</p>
      </aside>
      <header>
        <h1 class="brand">{words.value.otherPhone}</h1>
      </header>
      <main class="single">
        <PhoneStage />
      </main>
    </div>
  );
}
