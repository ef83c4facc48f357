// Whom to call, and what was before.
import type { ComponentChildren } from "preact";
import type { WireListAttempt, WireListContact } from "../../wire/wire.js";
import { callListWords } from "../words/call-list-words.js";

import { causeWord, contactName, momentText } from "./list-texts.js";

export function ContactCard({ contact }: { readonly contact: WireListContact }) {
  const callLists = callListWords.value;
  const { company, name, formatted, notes, extra, callBackAt, consents, attempts } = contact;
  return (
    <article class="tight" aria-labelledby="contact-name">
      <h3 class="contact-name" id="contact-name">
        {contactName(contact)}
      </h3>
      {company !== undefined && name !== undefined && <p>{company}</p>}
      <p class="number">{formatted}</p>
      {callBackAt !== undefined && <p>{callLists.askedFor(momentText(callBackAt))}</p>}
      <dl class="facts">
        {notes !== undefined && <Fact name={callLists.notes}>{notes}</Fact>}
        {Object.entries(extra).map(([column, value]) => (
          <Fact key={column} name={column}>
            {value}
          </Fact>
        ))}
        <Fact name={callLists.consent}>
          {consents.length === 0 ? (
            callLists.noConsent
          ) : (
            <ul class="plain">
              {consents.toReversed().map(({ givenAt, how, purpose, words }) => (
                <li key={givenAt}>
                  {callLists.consentGiven(momentText(givenAt), how, purpose)} <q>{words}</q>
                </li>
              ))}
            </ul>
          )}
        </Fact>
        <Fact name={callLists.earlier}>
          {attempts.length === 0 ? (
            callLists.noEarlier
          ) : (
            <ol>
              {attempts.toReversed().map((attempt) => (
                <li key={attempt.at}>{attemptText(attempt)}</li>
              ))}
            </ol>
          )}
        </Fact>
      </dl>
    </article>
  );
}

const Fact = ({ name, children }: { readonly name: string; readonly children: ComponentChildren }) => (
  <div>
    <dt>{name}</dt>
    <dd>{children}</dd>
  </div>
);

function attemptText({ at, cause, disposition, agent, note, ofThisList }: WireListAttempt): string {
  const { by, byOtherList } = callListWords.value;
  const parts = [
    causeWord(cause),
    disposition,
    agent === undefined ? undefined : by(agent),
    ofThisList ? undefined : byOtherList,
    note,
  ];
  return `${momentText(at)}: ${parts.filter(Boolean).join(", ")}`;
}
