// The main action of a call list, in one place: after it has changed it takes no press for a moment, so a double click on
// "Next contact" doesn't call that one.
import type { WireDeskState, WireListContact } from "../../wire/wire.js";
import { Icon } from "../frame/icon.js";
import { MainAction } from "../frame/main-action.js";
import { device } from "../state/account.js";
import { isRunning } from "../state/calls.js";
import { desk } from "../state/desk.js";
import { writeSetting } from "../state/settings.js";
import { callListWords } from "../words/call-list-words.js";

import {
  agentName,
  begin,
  callContact,
  chosenList,
  isPhoneRefused,
  next,
  say,
  skip,
  status,
} from "./desk-acts.js";
import { contactName } from "./list-texts.js";
import { draft, isTimeMissing } from "./outcome-draft.js";

let isGoingOn = false;

/** Saves what was said, if anything was, and shows the next contact. */
export async function goOn(): Promise<void> {
  if (isGoingOn) return;
  isGoingOn = true;
  try {
    const said = draft.peek();
    const now = desk.peek()?.now;
    if (said !== undefined) await say(said);
    if (desk.peek()?.problem !== undefined) return;
    // A note made during the call is with the list now.
    if (now?.kind === "over") writeSetting(`note:${now.requestId}`, "");
    await next();
  } finally {
    isGoingOn = false;
  }
}

interface Action {
  readonly what: string;
  readonly text: string;
  /** Below it; if it can't be pressed, the reason. */
  readonly line: string;
  readonly look: "primary" | "strong" | "plain";
  readonly cannot: boolean;
  press(): Promise<void>;
}

export function DeskAction({ now }: { readonly now: WireDeskState }) {
  const { what, text, line, look, cannot, press } = actionOf(now);
  return (
    <div class="slot">
      <MainAction
        what={what}
        look={look}
        cannot={cannot ? "desk-line" : undefined}
        onPress={() => void press()}
      >
        {now.kind === "contact" && <Icon name="phone" />}
        {text}
      </MainAction>
      <p id="desk-line">{line}</p>
      {now.kind === "contact" && (
        <button type="button" class="button plain" onClick={() => void skip(now.contact)}>
          {callListWords.value.skip}
        </button>
      )}
    </div>
  );
}

function actionOf(now: WireDeskState): Action {
  const callLists = callListWords.value;
  switch (now.kind) {
    case "away":
    case "stopped": {
      const isMissing =
        chosenList.value === "" || agentName.value.trim() === "" || device.value === undefined;
      const cannot = isMissing || isPhoneRefused.value;
      const line = isMissing ? callLists.missing : cannot ? callLists.neo : callLists.beginLine;
      return { what: "begin", text: callLists.begin, line, look: "primary", cannot, press: begin };
    }
    case "contact":
      return callOf(now.contact);
    case "calling":
      return { ...callOf(now.contact), line: callLists.inCall, cannot: true };
    case "over": {
      const what = `over ${now.requestId}`;
      const text = draft.value === undefined ? callLists.next : callLists.saveAndNext;
      const line = isTimeMissing.value ? callLists.callBackMissing : "";
      return { what, text, line, look: "strong", cannot: isTimeMissing.value, press: goOn };
    }
    case "refused":
    case "lost":
      return { what: now.kind, text: callLists.next, line: "", look: "strong", cannot: false, press: next };
    case "nobody":
    case "paused":
      return { what: "look", text: callLists.lookAgain, line: "", look: "plain", cannot: false, press: next };
  }
}

function callOf(contact: WireListContact): Action {
  const callLists = callListWords.value;
  const reason = isRunning.value
    ? callLists.inCall
    : isPhoneRefused.value
      ? callLists.neo
      : status.value?.state === "paused"
        ? callLists.paused
        : undefined;
  return {
    what: `call ${contact.id}`,
    text: callLists.call(contactName(contact)),
    line: reason ?? callLists.callLine,
    look: "primary",
    cannot: reason !== undefined,
    press: () => callContact(contact),
  };
}
