// Debian's Chromium, for the tests: one for each file.
import { type Browser, chromium, type LaunchOptions } from "playwright-core";
import { findChromium } from "../../../scripts/setup/chromium.mjs";

/**
 * Not loaded: pages of Chromium's own window, which cost as much as the window itself and the page in it. The rest is what
 * Playwright leaves out as well; of two lists the browser takes the last.
 */
const WITHOUT = [
  "WebUIOmniboxPopup",
  "WebUIOmniboxAimPopup",
  "AimEnabled",
  "HttpsUpgrades",
  "LensOverlay",
  "MediaRouter",
  "NetworkTimeServiceQuerying",
  "OptimizationHints",
  "PaintHolding",
  "PreconnectToSearch",
  "ThirdPartyStoragePartitioning",
];

function launch({ args = [], ...options }: LaunchOptions = {}): Promise<Browser> {
  return chromium.launch({
    executablePath: findChromium() ?? "",
    // Containers run as root, and Chromium's own sandbox doesn't work there.
    args: ["--no-sandbox", `--disable-features=${WITHOUT.join()}`, ...args],
    ...options,
  });
}

export const startBrowser = (): Promise<Browser> => launch();

/** One that gives pages a microphone, and lets them play without a click. */
export const startPhoneBrowser = (): Promise<Browser> =>
  launch({
    args: [
      "--use-fake-device-for-media-stream",
      "--use-fake-ui-for-media-stream",
      "--autoplay-policy=no-user-gesture-required",
    ],
    // Playwright switches the cache of pages off that "back" leads to.
    ignoreDefaultArgs: ["--disable-back-forward-cache"],
  });
