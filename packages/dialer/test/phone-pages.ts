// Pages whose browser is a phone: each speaks with a tone of its own, and tells what it hears.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser, BrowserContext, Page } from "playwright-core";
import { createClient } from "sipgate-call";
import type { CallLists } from "sipgate-call-lists";
import { type Dialer, type Profile, startDialer } from "sipgate-dialer";
import { createSandbox, type Sandbox } from "sipgate-sandbox";
import { expect, onTestFinished } from "vitest";
import { DialerPage, entranceOf } from "./dialers.js";

/** Rings the page that is the other party's phone. */
export const OTHER = "+493023125010";
/** Rings the page that is a third party's phone. */
export const THIRD = "+493023125011";
/** Hertz: what is said by the dialer's page, by the other party's, and with a headset. */
const TONES = { own: 700, other: 1_000, headset: 1_300, third: 1_600 } as const;
export const { own: OWN_TONE, other: OTHER_TONE, headset: HEADSET_TONE, third: THIRD_TONE } = TONES;

/** What the pages know for the tests. */
interface Instrumented {
  readonly connections: RTCPeerConnection[];
  readonly sockets: WebSocket[];
  /** The loudspeakers that were chosen, one after the other. */
  readonly sinks: string[];
  loudness(hertz: number): number;
  plug(devices: readonly Plugged[]): void;
  speakWith(loud: number): void;
}

export type Plugged = Pick<MediaDeviceInfo, "kind" | "deviceId" | "label">;

/** A dialer in its sandbox, and a browser context for its pages. */
export class PhonePages {
  readonly context: BrowserContext;
  readonly sandbox: Sandbox;
  readonly port: number;
  readonly #folder: string;
  readonly #profiles: readonly [Profile];
  #dialer: Dialer;

  private constructor(
    context: BrowserContext,
    sandbox: Sandbox,
    folder: string,
    dialer: Dialer,
    profile: Profile,
  ) {
    this.context = context;
    this.sandbox = sandbox;
    this.port = dialer.port;
    this.#folder = folder;
    this.#profiles = [profile];
    this.#dialer = dialer;
  }

  /** @param lists are closed with it */
  static async open(
    browser: Browser,
    { platform = "classic", lists }: { platform?: "classic" | "neo"; lists?: CallLists } = {},
  ): Promise<PhonePages> {
    const folder = mkdtempSync(join(tmpdir(), "sipgate-dialer-"));
    const sandbox = await createSandbox({ phones: { callees: { [OTHER]: "e7", [THIRD]: "e3" } } });
    const { baseUrl, tokenId, token } = sandbox[platform];
    const client = createClient({
      credentials: { tokenId, token },
      baseUrl,
      platform,
      idempotencyStore: lists?.idempotencyStore,
    });
    const profile = { name: platform, client, sandboxUrl: baseUrl };
    const dialer = await startDialer({ port: 0, folder, profiles: [profile], lists });
    const context = await browser.newContext({ locale: "en-US" });
    await context.addInitScript(instrument, TONES);
    const pages = new PhonePages(context, sandbox, folder, dialer, profile);
    onTestFinished(async () => {
      await context.close();
      await pages.#dialer.close();
      await sandbox.close();
      rmSync(folder, { recursive: true, force: true });
    });
    return pages;
  }

  /** The dialer's program ends; what it has started goes on. */
  closeDialer(): Promise<void> {
    return this.#dialer.close();
  }

  async startDialerAgain(): Promise<void> {
    this.#dialer = await startDialer({ port: this.port, folder: this.#folder, profiles: this.#profiles });
  }

  /** A dialer whose browser is the phone e0. */
  async own(): Promise<DialerPage> {
    const page = await this.context.newPage();
    await page.goto(entranceOf(this.#dialer));
    await page.getByRole("combobox").first().waitFor();
    await page.getByRole("button", { name: "Settings" }).click();
    await page.getByLabel("This browser is").selectOption("e0");
    await page.locator(".status", { hasText: "This browser, ready" }).waitFor();
    return new DialerPage(this.context, page);
  }

  other(): Promise<Page> {
    return this.#callee("e7");
  }

  third(): Promise<Page> {
    return this.#callee("e3");
  }

  /** Places a call that no page has asked for. */
  async place(caller: string, callee: string): Promise<void> {
    const { baseUrl, tokenId, token } = this.sandbox.classic;
    const authorization = `Basic ${btoa(`${tokenId}:${token}`)}`;
    const response = await fetch(`${baseUrl}/sessions/calls`, {
      method: "POST",
      headers: { authorization, "content-type": "application/json" },
      body: JSON.stringify({ caller, callee }),
    });
    if (!response.ok) throw new Error(await response.text());
  }

  async #callee(device: string): Promise<Page> {
    const page = await this.context.newPage();
    await page.goto(`http://127.0.0.1:${this.port}/?callee=${device}`);
    await page.getByText("This phone waits for a call").waitFor();
    return page;
  }

  /** Both, in a call, hearing each other. */
  async talking(): Promise<{ readonly mine: DialerPage; readonly other: Page }> {
    const mine = await this.own();
    const other = await this.other();
    await mine.call(OTHER);
    await other.getByRole("button", { name: "Answer" }).click();
    await mine.says("Connected with");
    await hears(mine.page, OTHER_TONE);
    await hears(other, OWN_TONE);
    return { mine, other };
  }
}

/** Waits until a tone is most of what a page hears. */
export async function hears(page: Page, hertz: number, timeout = 20_000): Promise<void> {
  await expect.poll(() => loudness(page, hertz), { timeout, interval: 50 }).toBeGreaterThan(0.5);
}

export const hearsNothing = (page: Page): Promise<void> =>
  expect.poll(() => loudness(page, OTHER_TONE), { timeout: 5_000, interval: 50 }).toBe(0);

const loudness = (page: Page, hertz: number): Promise<number> =>
  page.evaluate((hertz) => (globalThis as unknown as Instrumented).loudness(hertz), hertz);

/** From now on these devices are plugged in, and no others. */
export const plug = (page: Page, devices: readonly Plugged[]): Promise<void> =>
  page.evaluate((devices) => (globalThis as unknown as Instrumented).plug(devices), devices);

/** How loud every microphone of the page is: 0 is silence. */
export const speakWith = (page: Page, loud: number): Promise<void> =>
  page.evaluate((loud) => (globalThis as unknown as Instrumented).speakWith(loud), loud);

export const sinksOf = (page: Page): Promise<readonly string[]> =>
  page.evaluate(() => (globalThis as unknown as Instrumented).sinks);

/** Closes the page's WebSockets, as a network does. */
export const cutSockets = (page: Page): Promise<void> =>
  page.evaluate(() => {
    for (const socket of (globalThis as unknown as Instrumented).sockets) socket.close();
  });

/** The same, and from that moment on the page stands still, until its debugger lets it go on. */
export const cutAndStop = (page: Page): Promise<void> =>
  page.evaluate("for (const socket of sockets) socket.close(); debugger");

/** Its sockets neither send nor say anything any more, and nobody tells: as after sleep. */
export const deadenSockets = (page: Page): Promise<void> =>
  page.evaluate(() => {
    for (const socket of (globalThis as unknown as Instrumented).sockets) {
      socket.send = () => {};
      socket.close = () => {};
      Object.assign(socket, { onmessage: null, onclose: null });
    }
  });

export const connectionsOf = (page: Page): Promise<number> =>
  page.evaluate(() => (globalThis as unknown as Instrumented).connections.length);

/** The newest connection's name for its own end: another one after each ICE restart. */
export const iceNameOf = (page: Page): Promise<string> =>
  page.evaluate(() => {
    const { connections } = globalThis as unknown as Instrumented;
    return /ice-ufrag:(\S+)/.exec(connections.at(-1)?.localDescription?.sdp ?? "")?.[1] ?? "";
  });

/** Runs in the page, before its own script. */
function instrument(tones: typeof TONES): void {
  const connections: RTCPeerConnection[] = [];
  const sockets: WebSocket[] = [];
  let context: AudioContext | undefined;
  let analyser: AnalyserNode | undefined;
  const audio = () => {
    context ??= new AudioContext();
    return context;
  };

  const listen = (track: MediaStreamTrack) => {
    // Without an element that plays it Chromium decodes nothing.
    const element = new Audio();
    element.srcObject = new MediaStream([track]);
    element.muted = true;
    void element.play();
    analyser = new AnalyserNode(audio(), { fftSize: 4_096, smoothingTimeConstant: 0 });
    new MediaStreamAudioSourceNode(audio(), { mediaStream: new MediaStream([track]) }).connect(analyser);
  };
  globalThis.RTCPeerConnection = class extends RTCPeerConnection {
    constructor(settings?: RTCConfiguration) {
      super(settings);
      connections.push(this);
      this.addEventListener("track", ({ track }) => listen(track));
    }
  };
  globalThis.WebSocket = class extends WebSocket {
    constructor(url: string | URL, protocols?: string | string[]) {
      super(url, protocols);
      sockets.push(this);
    }
  };
  const device = new URLSearchParams(location.search).get("callee");
  const who = device === null ? "own" : device === "e7" ? "other" : "third";
  let plugged: readonly Plugged[] = [];
  const microphones: GainNode[] = [];
  navigator.mediaDevices.enumerateDevices = () => Promise.resolve(plugged as unknown as MediaDeviceInfo[]);
  navigator.mediaDevices.getUserMedia = (constraints) => {
    const audioConstraints = typeof constraints?.audio === "object" ? constraints.audio.deviceId : undefined;
    const wanted = JSON.stringify(audioConstraints ?? "");
    const isHeadset = wanted.includes("headset") && plugged.some(({ deviceId }) => deviceId === "headset");
    const frequency = isHeadset ? tones.headset : tones[who];
    const oscillator = new OscillatorNode(audio(), { frequency });
    const gain = new GainNode(audio());
    const destination = new MediaStreamAudioDestinationNode(audio());
    oscillator.connect(gain).connect(destination);
    oscillator.start();
    gain.gain.value = volume;
    microphones.push(gain);
    return Promise.resolve(destination.stream);
  };
  let volume = 1;
  const speakWith = (loud: number) => {
    volume = loud;
    for (const { gain } of microphones) gain.value = loud;
  };
  const plug = (devices: readonly Plugged[]) => {
    plugged = devices;
    navigator.mediaDevices.dispatchEvent(new Event("devicechange"));
  };
  const sinks: string[] = [];
  HTMLMediaElement.prototype.setSinkId = (id) => {
    sinks.push(id);
    return Promise.resolve();
  };
  const loudness = (hertz: number): number => {
    if (analyser === undefined) return 0;
    const bins = new Float32Array(analyser.frequencyBinCount);
    analyser.getFloatFrequencyData(bins);
    const power = bins.map((decibels) => 10 ** (decibels / 10));
    const total = power.reduce((sum, each) => sum + each, 0);
    if (total < 1e-9) return 0;
    const bin = Math.round((hertz * analyser.fftSize) / analyser.context.sampleRate);
    return power.slice(bin - 3, bin + 4).reduce((sum, each) => sum + each, 0) / total;
  };
  Object.assign(globalThis, {
    connections,
    sockets,
    sinks,
    loudness,
    plug,
    speakWith,
  } satisfies Instrumented);
}
