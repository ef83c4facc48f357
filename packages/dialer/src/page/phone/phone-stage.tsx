// This browser as a phone that is called: it rings, is answered, and talks. In the sandbox it's also the whole page of the
// other party's phone.
import type { Leg } from "../call/describe-call.js";
import { LegsPicture } from "../call/legs-picture.js";
import { Icon } from "../frame/icon.js";
import { MainAction } from "../frame/main-action.js";
import { words } from "../words/words.js";
import { answered, callerName, incoming, isTakingUp, phoneState, phoneStatus } from "./browser-phone.js";
import { CallWarnings } from "./call-warnings.js";
import { answerIncoming, endPhoneCall } from "./phone-calls.js";
import { OTHER_NUMBER } from "./sandbox-help.js";

export function PhoneStage() {
  const { incomingCall, talking, waits, waitsLine, answer, decline, hangUp, call } = words.value;
  const ringing = incoming.value;
  const talks = answered.value;
  const name = callerName(talks ?? ringing);
  const isReady = phoneStatus.value === "ready";
  const headline = isTakingUp.value
    ? words.value.takingUp.headline
    : talks !== undefined
      ? talking(name)
      : ringing !== undefined
        ? incomingCall(name)
        : isReady
          ? waits
          : phoneState();
  return (
    <section class="stage" id="stage" tabIndex={-1} aria-label={call}>
      <div class="scroll">
        <LegsPicture
          near={{ leg: ownLeg(), icon: "browser", name: words.value.thisBrowser }}
          far={{ leg: otherLeg(), icon: "phone", name }}
        />
        <div class="body">
          <div class="tight">
            <h2 class="state" id="headline" tabIndex={-1}>
              {headline}
            </h2>
            <p class="visually-hidden" role="alert">
              {ringing === undefined ? "" : headline}
            </p>
            {talks !== undefined && <CallWarnings />}
            {talks === undefined && ringing === undefined && isReady && <p>{waitsLine(OTHER_NUMBER)}</p>}
          </div>
        </div>
      </div>
      {talks !== undefined ? (
        <div class="slot">
          <MainAction what="hang-up" look="stop" shortcut="Shift+X" onPress={endPhoneCall}>
            <Icon name="hang-up" />
            {hangUp}
          </MainAction>
        </div>
      ) : (
        ringing !== undefined && (
          <div class="slot two">
            <MainAction what="decline" look="stop" shortcut="Shift+X" onPress={endPhoneCall}>
              <Icon name="hang-up" />
              {decline}
            </MainAction>
            <MainAction what="answer" look="primary" shortcut="a" onPress={answerIncoming}>
              <Icon name="phone" />
              {answer}
            </MainAction>
          </div>
        )
      )}
    </section>
  );
}

function ownLeg(): Leg {
  if (answered.value !== undefined) return { look: "answered", word: "connected" };
  if (incoming.value !== undefined) return { look: "ringing", word: "ringing" };
  return phoneStatus.value === "ready"
    ? { look: "waiting", word: "ready" }
    : { look: "failed", word: "offline" };
}

const otherLeg = (): Leg =>
  answered.value !== undefined
    ? { look: "answered", word: "connected" }
    : incoming.value !== undefined
      ? { look: "calling", word: "calling" }
      : { look: "waiting", word: "nobody" };
