// When this page comes back from somewhere: sleep, another network, being frozen. Connections may be dead then, and
// nothing has told so.
const TICK_MS = 2_000;
/** Timers of a tab in the background run once a minute: only more than that is sleep. */
const SLEEP_MS = 90_000;

export function onWaking(act: () => void): void {
  addEventListener("online", act);
  document.addEventListener("resume", act);
  let last = Date.now();
  setInterval(() => {
    const now = Date.now();
    if (now - last > SLEEP_MS) act();
    last = now;
  }, TICK_MS);
}
