// Loaded before a program (node --require): its clock runs CLOCK_SPEED times as fast, so it waits for seconds in moments.
// On the wall, it's WALL_AHEAD milliseconds ahead. Once TELL_AFTER milliseconds have passed by that clock, it tells so on file
// descriptor 3.
const { writeSync } = require("node:fs");

const { CLOCK_SPEED: speed = "1", WALL_AHEAD: ahead = "0", TELL_AFTER: tellAfter } = process.env;
const { setTimeout, Date: SystemDate } = globalThis;
const now = performance.now.bind(performance);
performance.now = () => now() * Number(speed);
globalThis.setTimeout = (run, milliseconds, ...args) =>
  setTimeout(run, milliseconds / Number(speed), ...args);

globalThis.Date = class extends SystemDate {
  constructor(...given) {
    if (given.length > 0) super(...given);
    else super(SystemDate.now() + Number(ahead));
  }
  static now() {
    return SystemDate.now() + Number(ahead);
  }
};

if (tellAfter !== undefined) globalThis.setTimeout(() => writeSync(3, "late"), Number(tellAfter)).unref();
