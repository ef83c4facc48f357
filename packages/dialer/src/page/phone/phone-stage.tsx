// This browser as a phone that is called: it rings, is answered, and talks. In the sandbox it's also the whole page of the
// other party's phone.
import { useRef } from "preact/hooks";
import { callActs } from "../call/call-acts.js";
import { Controls } from "../call/controls.js";
import type { Leg } from "../call/describe-call.js";
import { LegsPicture } from "../call/legs-picture.js";
import { TonePad } from "../call/tone-pad.js";
import { Transfer } from "../call/transfer.js";
import { Clock } from "../frame/clock.js";
import { Icon } from "../frame/icon.js";
import { MainAction } from "../frame/main-action.js";
import { unbroken } from "../state/format.js";
import { panel } from "../state/view.js";
import { words } from "../words/words.js";
import {
  answered,
  callerName,
  dialling,
  incoming,
  isCutOff,
  isTakingUp,
  phoneState,
  phoneStatus,
  waiting,
} from "./browser-phone.js";
import { CallWarnings } from "./call-warnings.js";
import { useHeadlineInSight } from "./headline-in-sight.js";
import { answerIncoming, endPhoneCall } from "./phone-calls.js";
import { OTHER_NUMBER } from "./sandbox-help.js";
import { SecondCall, SecondRinging } from "./second-call.js";
import { thirdParty } from "./third-party.js";

function TalkingControls({ name }: { readonly name: string }) {
  if (panel.value === "keypad") return <TonePad />;
  if (panel.value === "transfer") return <Transfer name={name} />;
  return callActs.value === undefined ? null : <Controls acts={callActs.value} hasNote={false} />;
}

export function PhoneStage() {
  const { waitsLine, answer, decline, hangUp, call, connectedFor } = words.value;
  const ringing = incoming.value;
  const talks = answered.value;
  const name = callerName(talks ?? ringing ?? dialling.value ?? waiting.value);
  const isReady = phoneStatus.value === "ready";
  const headline = headlineOf(name);
  const scroller = useRef<HTMLDivElement>(null);
  useHeadlineInSight(scroller);
  return (
    <section class="stage" id="stage" tabIndex={-1} aria-label={call}>
      <div class="scroll" ref={scroller}>
        <LegsPicture
          near={{ leg: ownLeg(), icon: "browser", name: words.value.thisBrowser }}
          far={{ leg: otherLeg(), icon: "phone", name }}
          third={talks === undefined ? undefined : thirdParty()}
        />
        <div class="body">
          <div class="tight">
            <h2 class="state" id="headline" tabIndex={-1}>
              {unbroken(headline)}
            </h2>
            <p class="visually-hidden" role="alert">
              {ringing !== undefined || isCutOff.value ? headline : ""}
            </p>
            {name === "" && isReady && !isCutOff.value && <p>{waitsLine(OTHER_NUMBER)}</p>}
          </div>
          {talks !== undefined && <Clock since={talks.since} label={connectedFor} />}
          <SecondCall />
          {talks !== undefined && <CallWarnings />}
          {talks !== undefined && <TalkingControls name={name} />}
        </div>
      </div>
      <SecondRinging />
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

function headlineOf(name: string): string {
  const { cutOff, takingUp, talking, incomingCall, second, waits } = words.value;
  if (isTakingUp.value) return takingUp.headline;
  if (isCutOff.value) return cutOff.headline;
  if (answered.value !== undefined) return talking(name);
  if (incoming.value !== undefined) return incomingCall(name);
  if (dialling.value !== undefined) return second.dialled(name);
  if (waiting.value !== undefined) return second.waiting(name);
  return phoneStatus.value === "ready" ? waits : phoneState();
}

function ownLeg(): Leg {
  if (isCutOff.value) return { look: "unknown", word: "reconnecting" };
  if (answered.value !== undefined) return { look: "answered", word: "connected" };
  if (incoming.value !== undefined) return { look: "ringing", word: "ringing" };
  return phoneStatus.value === "ready"
    ? { look: "waiting", word: "ready" }
    : { look: "failed", word: "offline" };
}

const otherLeg = (): Leg =>
  isCutOff.value
    ? { look: "unknown", word: "last-connected" }
    : answered.value?.isHeld.value === true
      ? { look: "held", word: "held" }
      : answered.value !== undefined
        ? { look: "answered", word: "connected" }
        : incoming.value !== undefined
          ? { look: "calling", word: "calling" }
          : { look: "waiting", word: "nobody" };
