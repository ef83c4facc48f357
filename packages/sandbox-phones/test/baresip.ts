// Drives baresip, a SIP phone from Debian, by its control connection: JSON in netstrings.
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readdirSync, writeFileSync } from "node:fs";
import { connect, createServer, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import { until } from "./until.js";

export interface PhoneAccount {
  readonly sipServer: string;
  readonly username: string;
  readonly password: string;
}

interface BaresipOptions {
  /** The frequency of what it says, in hertz. */
  readonly frequency?: number;
  readonly answers?: boolean;
  readonly codecs?: string;
}

export interface BaresipEvent {
  readonly type: string;
  readonly class: string;
  readonly param: string;
  readonly peeruri: string;
}

/** A running baresip. It's stopped after the test. */
export class Baresip {
  readonly events: BaresipEvent[] = [];
  readonly #process: ChildProcess;
  readonly #control: Socket;
  readonly #folder: string;
  output = "";

  private constructor(process: ChildProcess, control: Socket, folder: string) {
    this.#process = process;
    this.#control = control;
    this.#folder = folder;
  }

  static async start(account: PhoneAccount, options: BaresipOptions = {}): Promise<Baresip> {
    const folder = mkdtempSync(join(tmpdir(), "sandbox-baresip-"));
    const port = await freePort();
    writeFileSync(join(folder, "config"), config(port, folder, options));
    writeFileSync(join(folder, "accounts"), accountLine(account, options));
    writeFileSync(join(folder, "contacts"), "");
    const child = spawn("baresip", ["-f", folder], { stdio: ["ignore", "pipe", "pipe"] });
    onTestFinished(async () => {
      if (child.exitCode !== null || child.signalCode !== null) return;
      child.kill("SIGKILL");
      await once(child, "exit");
    });
    const baresip = new Baresip(child, await connectTo(port), folder);
    for (const stream of [child.stdout, child.stderr])
      stream.on("data", (data: Buffer) => {
        baresip.output += data.toString();
      });
    baresip.#readEvents();
    return baresip;
  }

  /** Its command `name`, such as `dial`, `accept`, `hangup`. */
  command(name: string, params = ""): void {
    const json = JSON.stringify({ command: name, params });
    this.#control.write(`${Buffer.byteLength(json)}:${json},`);
  }

  /** Waits for an event, such as `CALL_INCOMING`. */
  async event(type: string, count = 1): Promise<BaresipEvent> {
    const found = () => this.events.filter((event) => event.type === type);
    await until(
      () => found().length >= count,
      () => `${type} of baresip; there was ${this.events.map((e) => e.type)}`,
    );
    return found()[count - 1] as BaresipEvent;
  }

  /** What it hears, in a WAV for each call. */
  heardFiles(): string[] {
    return readdirSync(this.#folder)
      .filter((name) => name.endsWith("-dec.wav"))
      .map((name) => join(this.#folder, name));
  }

  /** The process dies without a word. */
  kill(): void {
    this.#process.kill("SIGKILL");
  }

  #readEvents(): void {
    let text = "";
    this.#control.on("error", () => {});
    this.#control.on("data", (data: Buffer) => {
      text += data.toString("latin1");
      for (;;) {
        const colon = text.indexOf(":");
        const length = Number(text.slice(0, colon));
        if (colon === -1 || text.length < colon + 1 + length + 1) return;
        const message = JSON.parse(text.slice(colon + 1, colon + 1 + length)) as BaresipEvent & {
          event?: boolean;
        };
        if (message.event === true) this.events.push(message);
        text = text.slice(colon + 1 + length + 1);
      }
    });
  }
}

function config(port: number, folder: string, { frequency = 440 }: BaresipOptions): string {
  return `sip_listen 127.0.0.1:0
net_interface 127.0.0.1
call_local_timeout 120
audio_player aubridge,sink
audio_source ausine,${frequency}
audio_alert aubridge,alert
ausrc_srate 48000
auplay_srate 8000
ausrc_channels 2
auplay_channels 1
rtcp_mux no
module_path /usr/lib/baresip/modules
module g711.so
module ausine.so
module aubridge.so
module sndfile.so
snd_path ${folder}
module_app account.so
module_app menu.so
module_app ctrl_tcp.so
ctrl_tcp_listen 127.0.0.1:${port}
`;
}

function accountLine(
  { sipServer, username, password }: PhoneAccount,
  { answers = false, codecs = "PCMU/8000/1" }: BaresipOptions,
): string {
  const mode = answers ? "auto" : "manual";
  return `<sip:${username}@${sipServer};transport=tcp>;auth_pass=${password};regint=600;answermode=${mode};audio_codecs=${codecs}\n`;
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as { port: number };
  server.close();
  await once(server, "close");
  return port;
}

/** The control connection, as soon as it can be had. */
async function connectTo(port: number): Promise<Socket> {
  let socket: Socket | undefined;
  await until(
    async () => {
      const attempt = connect(port, "127.0.0.1");
      const isOpen = await new Promise<boolean>((resolve) => {
        attempt.once("connect", () => resolve(true));
        attempt.once("error", () => resolve(false));
      });
      if (isOpen) socket = attempt;
      return isOpen;
    },
    () => "baresip's control connection",
  );
  return socket as Socket;
}
