// Pairs of browsers that call each other, in a process of its own: node browsers.mjs BASE_URL
import { createServer } from "node:http";
import { setTimeout as pause } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { chromium } from "playwright-core";
import { findChromium } from "../../scripts/setup/chromium.mjs";
import { demand } from "../measure.mjs";
import { serve } from "../processes.mjs";
import { createApi, sipAccount } from "./api.mjs";
import { pairs } from "./numbers.mjs";

const [baseUrl] = process.argv.slice(2);
const { api, place } = createApi(baseUrl);
const [callerTone, calleeTone] = [700, 1_500];
const now = () => performance.timeOrigin + performance.now();

const { outputFiles } = await build({
  entryPoints: [fileURLToPath(new URL("browser-page.mjs", import.meta.url))],
  bundle: true,
  write: false,
  format: "iife",
});
const script = outputFiles[0].text.replaceAll("</script", "<\\/script");
const server = createServer((_request, response) => {
  response.setHeader("content-type", "text/html; charset=utf-8");
  response.end(`<!doctype html><script>${script}</script>`);
});
await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
// When this process is stopped Chromium's pipe breaks, and it ends.
const browser = await chromium.launch({
  handleSIGTERM: false,
  executablePath: findChromium(),
  args: ["--no-sandbox", "--use-fake-ui-for-media-stream", "--autoplay-policy=no-user-gesture-required"],
});
const page = await browser.newPage();
await page.goto(`http://127.0.0.1:${server.address().port}/`);

const ask = (name, ...values) =>
  page.evaluate(([name, values]) => globalThis.bench[name](...values), [name, values]);

let registered = 0;

/** Registers the pairs up to this one, unless they are already. */
async function register(count) {
  const sipServerWebsocketUrl = `${baseUrl.replace(/^http/, "ws").replace(/\/v2$/, "")}/sip`;
  for (const { caller, callee } of pairs.slice(registered, count)) {
    await ask("register", { ...sipAccount("", caller), sipServerWebsocketUrl }, callerTone, calleeTone);
    await ask("register", { ...sipAccount("", callee), sipServerWebsocketUrl }, calleeTone, callerTone);
  }
  registered = count;
}

/** Waits until all that take part hear each other. */
async function heard(count) {
  const end = now() + 60_000;
  for (;;) {
    const calls = await ask("calls");
    if (calls.filter((call) => call?.heardAt !== undefined).length === count * 2) return calls;
    demand(now() < end, "browsers haven't heard each other for a minute");
    await pause(20);
  }
}

/** One pair, one call after the other. The first one isn't counted: in it the browser warms up. */
async function latency({ calls }) {
  await register(1);
  const [rings, audio] = [[], []];
  for (let count = 0; count <= calls; count += 1) {
    const { sessionId } = await place(pairs[0].caller, pairs[0].number);
    const acceptedAt = now();
    const [caller, callee] = await heard(1);
    if (count > 0) {
      rings.push(Math.max(0, caller.rangAt - acceptedAt));
      audio.push(Math.max(caller.heardAt, callee.heardAt) - callee.answeredAt);
    }
    await api("DELETE", `/calls/${sessionId}`);
    await ask("forget");
  }
  return { rings, audio };
}

/** All pairs at once. */
async function talk({ count }) {
  await register(count);
  for (const { caller, number } of pairs.slice(0, count)) await place(caller, number);
  await heard(count);
  return {};
}

const received = () => ask("received");

serve({}, { latency, talk, received });
