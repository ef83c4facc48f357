// The page: lets itself in, then shows what the server tells.
import { effect } from "@preact/signals";
import { render } from "preact";
import { App } from "./app.js";
import { watchDevices } from "./audio/devices.js";
import { announceCalls } from "./frame/announcer.js";
import { watchKeyboard } from "./frame/keyboard.js";
import { calleeDevice } from "./phone/browser-phone.js";
import { watchPermission } from "./phone/check-microphone.js";
import { keepPhone } from "./phone/keep-phone.js";
import { loadAccount } from "./state/account.js";
import { takeEvent } from "./state/calls.js";
import { takeDeskEvent } from "./state/desk.js";
import { readEvents } from "./state/events.js";
import { keepHistory } from "./state/history.js";
import { handOver, listenForNumbers } from "./state/links.js";
import { access, signInWithCode } from "./state/server.js";
import { readSetting } from "./state/settings.js";
import { theme } from "./state/theme.js";
import { watchWindow } from "./state/view.js";
import { language, loadWords } from "./words/words.js";

async function start(): Promise<void> {
  const fragment = new URLSearchParams(location.hash.slice(1));
  const [code, number] = [fragment.get("code"), fragment.get("tel") ?? linkedNumber()];
  // Neither stays in the address, in the history or in what a reload sends.
  if (code !== null || number !== null)
    history.replaceState(null, "", calleeDevice === "" ? "/" : `/?callee=${calleeDevice}`);
  // All that takes time is begun before anything waits for it.
  const wordsLoaded = loadWords();
  if (code !== null) await signInWithCode(code);
  if (readSetting("token") !== undefined) loadAccount().catch(() => {});
  void readEvents((event) => {
    takeEvent(event);
    takeDeskEvent(event);
  });
  await wordsLoaded;
  effect(() => {
    document.documentElement.lang = language.value;
    document.documentElement.style.colorScheme = theme.value === "auto" ? "" : theme.value;
  });
  render(<App />, document.body);
  watchWindow();
  watchKeyboard();
  announceCalls();
  // The dialer may be there only now.
  effect(() => {
    if (access.value === "in") loadAccount().catch(() => {});
  });
  if (number !== null) await handOver(number);
  listenForNumbers();
  keepHistory();
  watchDevices();
  void watchPermission();
  keepPhone();
}

const linkedNumber = (): string | null => new URLSearchParams(location.search).get("tel");

void start();
