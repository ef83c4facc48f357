// Numbers that come from outside: a tel: link, the command line. They are filled in, and never dialled. If the dialer is
// open in another tab, that one takes them.
import { signal } from "@preact/signals";
import { isRunning } from "./calls.js";
import { setText } from "./field.js";
import { show } from "./view.js";

const CHANNEL = "sipgate-dialer";
/** Held by each tab for as long as it lives. */
const LOCK = "sipgate-dialer-tab";
/** A tab that is frozen holds its lock and doesn't answer. */
const ANSWER_MS = 2_000;

/** Whether another tab has taken the number of this one. */
export const isTakenElsewhere = signal(false);

type Message = { readonly kind: "fill"; readonly number: string } | { readonly kind: "taken" };

export function listenForNumbers(): void {
  void navigator.locks.request(LOCK, { mode: "shared" }, () => new Promise(() => {}));
  const channel = new BroadcastChannel(CHANNEL);
  channel.addEventListener("message", ({ data }: MessageEvent<Message>) => {
    if (data.kind !== "fill" || isTakenElsewhere.value) return;
    channel.postMessage({ kind: "taken" } satisfies Message);
    fill(data.number);
  });
}

/** Gives a number to the tab that is open, or fills it in here. */
export async function handOver(number: string): Promise<void> {
  const { held = [] } = await navigator.locks.query();
  if (!held.some(({ name }) => name === LOCK)) return fill(number);
  const channel = new BroadcastChannel(CHANNEL);
  const taken = new Promise<boolean>((resolve) => {
    channel.addEventListener("message", ({ data }: MessageEvent<Message>) => {
      if (data.kind === "taken") resolve(true);
    });
    setTimeout(() => resolve(false), ANSWER_MS);
  });
  channel.postMessage({ kind: "fill", number } satisfies Message);
  isTakenElsewhere.value = await taken;
  channel.close();
  if (isTakenElsewhere.value) window.close();
  else fill(number);
}

function fill(number: string): void {
  setText(number);
  if (!isRunning.value) show("dial");
}
