// Drives linphone's console client from Debian, as a person at its prompt would.
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import type { PhoneAccount } from "./baresip.js";
import { writeTone } from "./tones.js";
import { until } from "./until.js";

export class Linphone {
  readonly #heard: string;
  readonly #process: ChildProcess;
  output = "";

  private constructor(child: ChildProcess, heard: string) {
    this.#process = child;
    this.#heard = heard;
  }

  /** @param frequency of what it says, in hertz */
  static async start(account: PhoneAccount, frequency: number): Promise<Linphone> {
    const home = mkdtempSync(join(tmpdir(), "sandbox-linphone-"));
    // It doesn't make the folder of its database, and does nothing without it.
    mkdirSync(join(home, ".local/share/linphone"), { recursive: true });
    writeFileSync(join(home, "linphonerc"), settings(account));
    writeFileSync(join(home, "tone.wav"), writeTone(frequency, 30_000));
    const env = { ...process.env, HOME: home, XDG_CONFIG_HOME: "", XDG_DATA_HOME: "" };
    const child = spawn("linphonec", ["-c", join(home, "linphonerc"), "-S"], { cwd: home, env });
    onTestFinished(async () => {
      if (child.exitCode !== null || child.signalCode !== null) return;
      child.kill("SIGKILL");
      await once(child, "exit");
    });
    const phone = new Linphone(child, join(home, "heard.wav"));
    for (const stream of [child.stdout, child.stderr])
      stream.on("data", (data: Buffer) => {
        phone.output += data.toString();
      });
    phone.say("soundcard use files");
    phone.say(`play ${join(home, "tone.wav")}`);
    phone.say(`record ${phone.#heard}`);
    return phone;
  }

  /** What it hears, in one WAV. */
  heardFiles(): string[] {
    return existsSync(this.#heard) ? [this.#heard] : [];
  }

  /** Types a command, such as `answer` or `terminate`. */
  say(command: string): void {
    this.#process.stdin?.write(`${command}\n`);
  }

  async prints(text: string): Promise<void> {
    await until(
      () => this.output.includes(text),
      () => `"${text}" of linphone: ${this.output.slice(-500)}`,
    );
  }
}

function settings({ sipServer, username, password }: PhoneAccount): string {
  return `[sip]
sip_port=-1
sip_tcp_port=-1
sip_tls_port=-1
default_proxy=0
bind_address=127.0.0.1
[rtp]
audio_rtp_port=-1
[proxy_0]
reg_proxy=<sip:${sipServer};transport=tcp>
reg_identity=sip:${username}@${sipServer}
reg_expires=600
reg_sendregister=1
[auth_info_0]
username=${username}
passwd=${password}
realm=sipgate-sandbox
`;
}
