import { type CallSnapshot, createSandbox, type PhonesOptions, type Sandbox } from "sipgate-sandbox";
import { onTestFinished } from "vitest";
import { Baresip, type PhoneAccount } from "./baresip.js";
import { until } from "./until.js";

/** A sandbox with phones, and what the tests do with its API. */
export class PhoneSandbox {
  readonly sandbox: Sandbox;

  constructor(sandbox: Sandbox) {
    this.sandbox = sandbox;
  }

  /** Starts one. It's closed after the test. */
  static async start(phones: PhonesOptions = {}): Promise<PhoneSandbox> {
    const sandbox = await createSandbox({ phones });
    onTestFinished(() => sandbox.close());
    return new PhoneSandbox(sandbox);
  }

  /** A request to the API with the credentials of the classic account. */
  async api(method: string, path: string, body?: object): Promise<Response> {
    const { tokenId, token, baseUrl } = this.sandbox.classic;
    const response = await fetch(`${path.startsWith("/v3") ? baseUrl.replace("/v2", "") : baseUrl}${path}`, {
      method,
      headers: {
        authorization: `Basic ${Buffer.from(`${tokenId}:${token}`).toString("base64")}`,
        ...(body === undefined ? {} : { "content-type": "application/json" }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`);
    return response;
  }

  /** What the API says of a device. */
  async device(id: string): Promise<DeviceEntry> {
    return (await (await this.api("GET", `/devices/${id}`)).json()) as DeviceEntry;
  }

  /** What a phone registers with, as the API gives it. */
  async account(deviceId: string): Promise<DeviceEntry["credentials"]> {
    return (await this.device(deviceId)).credentials;
  }

  /** A SIP phone that is registered and says a tone. */
  async baresip(deviceId: string, frequency: number, answers = true): Promise<Baresip> {
    const phone = await Baresip.start(await this.account(deviceId), { frequency, answers });
    await this.online(deviceId);
    return phone;
  }

  async online(deviceId: string, count = 1): Promise<void> {
    await until(
      async () =>
        (await this.device(deviceId)).registered.filter(({ ip }) => ip === "127.0.0.1").length === count,
      () => `${count} phones registered as ${deviceId}`,
    );
  }

  /** Places a call. Returns its id. */
  async place(caller: string, callee: string): Promise<string> {
    const response = await this.api("POST", "/sessions/calls", { caller, callee });
    return ((await response.json()) as { sessionId: string }).sessionId;
  }

  /** The page of a call, as HTML. */
  async page(id: string): Promise<string> {
    return (await fetch(`${this.sandbox.loginUrl}/calls/${id}`)).text();
  }

  call(id?: string): CallSnapshot {
    const call =
      id === undefined ? this.sandbox.calls.at(-1) : this.sandbox.calls.find((each) => each.id === id);
    if (call === undefined) throw new Error("There is no such call.");
    return call;
  }

  /** Waits until the newest call is in this state. */
  async state(state: CallSnapshot["state"], id?: string): Promise<CallSnapshot> {
    const matches = () => this.sandbox.calls.length > 0 && this.call(id).state === state;
    await until(matches, () => `state ${state}; it's ${this.sandbox.calls.map(({ state }) => state)}`);
    return this.call(id);
  }
}

interface DeviceEntry {
  readonly online: boolean;
  readonly credentials: PhoneAccount & { readonly sipServerWebsocketUrl: string };
  readonly registered: readonly { readonly userAgent: string; readonly ip: string; readonly port: string }[];
}

/** `/v2/x` below the base URL. */
export const berlin = (digits: string): string => `+493023125${digits}`;
