// The call: its picture, its content and its main action, in every state.
import { useLayoutEffect, useRef } from "preact/hooks";
import { DialAction } from "../dial/dial-action.js";
import { DialView } from "../dial/dial-view.js";
import type { IconName } from "../frame/icon.js";
import { useScrollByKeyboard } from "../frame/scroll-by-keyboard.js";
import { isBrowser, phoneStatus } from "../phone/browser-phone.js";
import { useHeadlineInSight } from "../phone/headline-in-sight.js";
import { SecondRinging } from "../phone/second-call.js";
import { thirdParty } from "../phone/third-party.js";
import { account, contactOf, device } from "../state/account.js";
import { current, isOver, nameOf } from "../state/calls.js";
import { result } from "../state/field.js";
import { preflight } from "../state/preflight.js";
import { words } from "../words/words.js";
import { AfterCall } from "./after-call.js";
import { CallAction } from "./call-action.js";
import { CallView } from "./call-view.js";
import type { Leg } from "./describe-call.js";
import { describeCurrent, phoneName } from "./describe-current.js";
import { LegsPicture } from "./legs-picture.js";

export function Stage() {
  const call = current.value;
  const scroller = useRef<HTMLDivElement>(null);
  useScrollByKeyboard(scroller);
  useHeadlineInSight(scroller);
  useLayoutEffect(() => {
    scroller.current?.scrollTo({ top: 0 });
    if (call !== undefined) document.getElementById("headline")?.focus({ preventScroll: true });
    else if (document.activeElement === document.body) document.getElementById("number")?.focus();
  }, [call?.id]);
  return (
    <section class="stage" id="stage" tabIndex={-1} aria-label={words.value.call}>
      <div class="scroll" ref={scroller}>
        <Picture />
        <div class="body">
          {call === undefined ? (
            <DialView />
          ) : isOver(call) ? (
            <AfterCall call={call} key={call.id} />
          ) : (
            <CallView call={call} key={call.id} />
          )}
        </div>
      </div>
      <SecondRinging />
      {call === undefined ? <DialAction /> : <CallAction call={call} />}
    </section>
  );
}

function Picture() {
  const call = current.value;
  if (call !== undefined) {
    const { near, far } = describeCurrent(call);
    return (
      <LegsPicture
        near={{ leg: near, icon: iconOf(call.caller), name: phoneName(call.caller) }}
        far={{ leg: far, icon: "phone", name: nameOf(call) }}
        third={thirdParty()}
      />
    );
  }
  const read = result.value;
  const name = read?.ok === true ? (contactOf(read.number)?.name ?? read.formatted) : "";
  const far: Leg = { look: "waiting", word: name === "" ? "nobody" : "not-called" };
  return (
    <LegsPicture
      near={{
        leg: ownLeg(),
        icon: iconOf(device.value?.id ?? ""),
        name: device.value === undefined ? "" : phoneName(device.value.id),
      }}
      far={{ leg: far, icon: "phone", name }}
    />
  );
}

function ownLeg(): Leg {
  const phone = device.value;
  if (isBrowser(phone?.id ?? "")) return browserLeg();
  const fails = preflight.value?.checks.some(({ name, result }) => name === "caller" && result === "failed");
  return phone?.online === false || fails === true
    ? { look: "failed", word: "offline" }
    : { look: "waiting", word: "ready" };
}

function browserLeg(): Leg {
  switch (phoneStatus.value) {
    case "ready":
      return { look: "waiting", word: "ready" };
    case "no-microphone":
      return { look: "failed", word: "no-microphone" };
    case "connecting":
    case "lost":
      return { look: "unknown", word: "reconnecting" };
    default:
      return { look: "failed", word: "offline" };
  }
}

const ICONS: Readonly<Record<string, IconName>> = { mobile: "mobile", app: "browser" };

function iconOf(id: string): IconName {
  if (isBrowser(id)) return "browser";
  const found = account.value?.devices.find((each) => each.id === id);
  return ICONS[found?.kind ?? ""] ?? "desk";
}
