// A call list: the next contact, its call, how it was, and then the next one.
import type { ComponentType } from "preact";
import { useEffect } from "preact/hooks";
import type { WireDeskState } from "../../wire/wire.js";
import { phoneName } from "../call/describe-current.js";
import { Icon } from "../frame/icon.js";
import { desk } from "../state/desk.js";
import { callListWords, loadCallListWords } from "../words/call-list-words.js";
import { words } from "../words/words.js";
import { BeginWork } from "./begin-work.js";
import { ContactCard } from "./contact-card.js";
import { DeskAction } from "./desk-action.js";
import { isPhoneRefused, leave, next, readLists, status } from "./desk-acts.js";
import { ListCounts } from "./list-counts.js";
import { causeWord, contactName, momentText, problemText, reasonText } from "./list-texts.js";
import { OutcomeForm } from "./outcome-form.js";
import { UnknownContacts } from "./unknown-contacts.js";

const POLL_MS = 5_000;

/** With its words. */
export async function loadCallListPage(): Promise<ComponentType> {
  await loadCallListWords();
  return CallListPage;
}

function CallListPage() {
  useEffect(() => {
    const timer = setInterval(() => void look(), POLL_MS);
    return () => clearInterval(timer);
  }, []);
  const { at, now, problem } = desk.value ?? {};
  useEffect(() => void readLists(), [now?.kind]);
  if (now === undefined) return null;
  const { title, works, leave: leaveWord, neo } = callListWords.value;
  return (
    <div class="list call-list">
      <div class="desk">
        <div class="bar">
          <h2>{at?.list ?? title}</h2>
          {at !== undefined && (
            <>
              <span class="small quiet">{works(at.agent, phoneName(at.caller))}</span>
              {now.kind !== "calling" && (
                <button type="button" class="button" onClick={() => void leave()}>
                  {leaveWord}
                </button>
              )}
            </>
          )}
        </div>
        <p class="visually-hidden" role="status">
          {toldOf(now)}
        </p>
        {isPhoneRefused.value && <Care text={neo} />}
        {problem !== undefined && !(isPhoneRefused.value && problem.code === "neo") && (
          <Care text={problemText(problem)} until={problem.until} />
        )}
        {at === undefined ? <BeginWork wasStopped={now.kind === "stopped"} /> : <Before now={now} />}
        <ListCounts />
        <UnknownContacts />
      </div>
      <DeskAction now={now} />
    </div>
  );
}

/** Others change lists, too. An agent who waits for a contact gets one as soon as there is one. */
function look(): Promise<void> {
  const { at, now } = desk.peek() ?? {};
  const waits = now?.kind === "paused" || (now?.kind === "nobody" && now.nextAt !== undefined);
  return at !== undefined && waits ? next() : readLists();
}

function Before({ now }: { readonly now: WireDeskState }) {
  const callLists = callListWords.value;
  switch (now.kind) {
    case "contact":
      return (
        <>
          {status.value?.state === "paused" && <Care text={callLists.paused} line={callLists.pausedLine} />}
          <ContactCard contact={now.contact} />
        </>
      );
    case "calling":
      return (
        <>
          <p>{callLists.callingLine}</p>
          <ContactCard contact={now.contact} />
        </>
      );
    case "over":
      return <OutcomeForm key={now.requestId} over={now} />;
    case "refused":
      return (
        <div class="notice bad">
          <Icon name="care" />
          <strong>{callLists.refused(contactName(now.contact))}</strong>
          {now.reasons.map((reason) => (
            <p key={reason.rule}>{reasonText(reason)}</p>
          ))}
          <p>{now.earliest === undefined ? callLists.never : callLists.from(momentText(now.earliest))}</p>
        </div>
      );
    case "lost":
      return <Care text={callLists.lost(contactName(now.contact))} line={callLists.lostLine} />;
    case "nobody":
      return (
        <div class="tight">
          <h3>{callLists.nobody}</h3>
          {now.reason !== undefined && <p>{reasonText(now.reason)}</p>}
          <p>{now.nextAt === undefined ? callLists.nobodyWaits : callLists.nextAt(momentText(now.nextAt))}</p>
        </div>
      );
    case "paused":
      return <Care text={callLists.paused} line={callLists.pausedLine} />;
    default:
      return null;
  }
}

interface CareProps {
  readonly text: string;
  readonly line?: string;
  readonly until?: string | undefined;
}

const Care = ({ text, line, until }: CareProps) => (
  <div class="notice">
    <Icon name="care" />
    <strong>{text}</strong>
    {line !== undefined && <p>{line}</p>}
    {until !== undefined && <p>{callListWords.value.from(momentText(until))}</p>}
  </div>
);

/** What a screen reader is told when something else is before the agent. A call is told of by its own headline. */
function toldOf(now: WireDeskState): string {
  const callLists = callListWords.value;
  const { unknown } = words.value;
  switch (now.kind) {
    case "contact":
      return [contactName(now.contact), now.contact.formatted].join(", ");
    case "over":
      return now.isUnknown
        ? unknown.headline
        : `${callLists.outcome(contactName(now.contact), causeWord(now.cause))}. ${callLists.how}`;
    case "refused":
      return [callLists.refused(contactName(now.contact)), ...now.reasons.map(reasonText)].join(". ");
    case "lost":
      return callLists.lost(contactName(now.contact));
    case "nobody":
      return callLists.nobody;
    case "paused":
      return callLists.paused;
    case "stopped":
      return callLists.stopped;
    default:
      return "";
  }
}
