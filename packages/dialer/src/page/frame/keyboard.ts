// Keys of the whole page. Single letters hold outside text fields only, and can be switched off.
import { callActs } from "../call/call-acts.js";
import { sendTones } from "../call/tones.js";
import { focusNumber } from "../dial/focus-number.js";
import { answered, incoming, ownCall } from "../phone/browser-phone.js";
import { answerIncoming, endPhoneCall } from "../phone/phone-calls.js";
import { control, current, isRunning } from "../state/calls.js";
import { setText, text } from "../state/field.js";
import { usesSingleKeys } from "../state/single-keys.js";
import { panel, show, togglePanel } from "../state/view.js";

const isField = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement && target.closest("input, textarea, select") !== null;

export function watchKeyboard(): void {
  addEventListener("keydown", onKey);
  addEventListener("paste", onPaste);
}

function onKey(event: KeyboardEvent): void {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  if (event.key === "Escape" && panel.value !== "none") {
    panel.value = "none";
    document.getElementById("headline")?.focus();
    return;
  }
  if (isField(event.target) || event.repeat) return;
  if (pressed(event.key)) event.preventDefault();
}

/** @returns whether the key did something */
function pressed(key: string): boolean {
  if (key === "/" && current.value === undefined) {
    show("dial");
    focusNumber();
    return true;
  }
  if (incoming.value !== undefined && key === "a") {
    answerIncoming();
    return true;
  }
  if (!isRunning.value || ownCall.value !== undefined) {
    if (key !== "X") return inCall(key);
    if ((incoming.value ?? answered.value) === undefined) return false;
    endPhoneCall();
    return true;
  }
  if (key === "X") {
    void control({ action: "hang-up" });
    return true;
  }
  return inCall(key);
}

function inCall(key: string): boolean {
  const acts = callActs.value;
  if (acts === undefined) return false;
  if (panel.value === "keypad" && /^[\d*#]$/.test(key)) {
    sendTones(key);
    return true;
  }
  if (!usesSingleKeys.value) return false;
  switch (key) {
    case "m":
      void acts.mute(!acts.isMuted);
      return true;
    case "h":
      void acts.hold(!acts.isHeld);
      return true;
    case "k":
      togglePanel("keypad");
      return true;
    case "t":
      togglePanel("transfer");
      return true;
    case "n":
      togglePanel("note");
      return true;
    default:
      return false;
  }
}

/** Pasted anywhere outside a field: into the number field. It never dials. */
function onPaste(event: ClipboardEvent): void {
  const pasted = event.clipboardData?.getData("text").trim() ?? "";
  if (isField(event.target) || pasted === "" || current.value !== undefined) return;
  event.preventDefault();
  show("dial");
  setText(pasted);
  if (text.value !== "") focusNumber();
}
