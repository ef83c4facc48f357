// Makes a process live faster, and by another wall clock than the others: node --import ./fast-clock.mjs …
// TEST_SPEED: how many times as fast. TEST_CLOCK_AHEAD: milliseconds.
const speed = Number(process.env.TEST_SPEED ?? 1);
const ahead = Number(process.env.TEST_CLOCK_AHEAD ?? 0);

const { setTimeout, setInterval, Date: SystemDate } = globalThis;
const monotonic = performance.now.bind(performance);
const begun = SystemDate.now();

const now = () => begun + (SystemDate.now() - begun) * speed + ahead;

globalThis.setTimeout = Object.assign(
  (run, milliseconds, ...given) => setTimeout(run, milliseconds / speed, ...given),
  setTimeout,
);
globalThis.setInterval = Object.assign(
  (run, milliseconds, ...given) => setInterval(run, milliseconds / speed, ...given),
  setInterval,
);
performance.now = () => monotonic() * speed;
globalThis.Date = class extends SystemDate {
  constructor(...given) {
    if (given.length === 0) super(now());
    else super(...given);
  }
  static now() {
    return now();
  }
};
