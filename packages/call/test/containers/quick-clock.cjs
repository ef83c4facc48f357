// Loaded before a program (node --require): its clock runs CLOCK_SPEED times as fast, so that it waits for seconds in moments.
// Once TELL_AFTER milliseconds have passed by that clock, it tells so on file descriptor 3.
const { writeSync } = require("node:fs");

const speed = Number(process.env.CLOCK_SPEED);
const { setTimeout } = globalThis;
const now = performance.now.bind(performance);
performance.now = () => now() * speed;
globalThis.setTimeout = (run, milliseconds, ...args) => setTimeout(run, milliseconds / speed, ...args);

const tellAfter = process.env.TELL_AFTER;
if (tellAfter !== undefined) globalThis.setTimeout(() => writeSync(3, "late"), Number(tellAfter)).unref();
