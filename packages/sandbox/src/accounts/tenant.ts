// What an account has: a user with devices, numbers and channels. The same two for every token of a platform.
import type { CallerBehaviour } from "../phones/callers.js";

export type Platform = "classic" | "neo";

export interface Device {
  readonly id: string;
  readonly alias: string;
  /** sipgate's word. `APP` is neo's mobile or desktop app. */
  readonly type: "REGISTER" | "MOBILE" | "EXTERNAL" | "APP";
  readonly online: boolean;
  readonly dnd: boolean;
  readonly behaviour: CallerBehaviour;
  /** Its own number, shown where no caller ID is given. */
  readonly number: string;
}

export interface AccountNumber {
  readonly id: string;
  readonly number: string;
  readonly localized: string;
  readonly type: "LANDLINE" | "MOBILE";
}

export interface Channel {
  readonly id: string;
  readonly name: string;
  readonly deviceIds: readonly string[];
}

export interface Tenant {
  readonly platform: Platform;
  /** The user's extension. */
  readonly user: string;
  readonly domain: string;
  readonly masterSipId: string;
  readonly balance: number;
  readonly devices: readonly Device[];
  readonly numbers: readonly AccountNumber[];
  readonly channels: readonly Channel[];
}

const MAIN_NUMBER = "+493023125900";

function device(
  id: string,
  alias: string,
  type: Device["type"],
  behaviour: CallerBehaviour,
  flags: { online?: boolean; dnd?: boolean } = {},
): Device {
  return {
    id,
    alias,
    type,
    behaviour,
    online: flags.online ?? true,
    dnd: flags.dnd ?? false,
    number: MAIN_NUMBER,
  };
}

const VOIP_PHONES = [
  device("e0", "Desk phone", "REGISTER", "answers"),
  device("e1", "Phone that is offline", "REGISTER", "offline", { online: false }),
  device("e2", "Phone on do-not-disturb", "REGISTER", "do-not-disturb", { dnd: true }),
  device("e3", "Phone that nobody answers", "REGISTER", "no-answer"),
  device("e4", "Phone that declines", "REGISTER", "declines"),
  device("e5", "Phone that is busy", "REGISTER", "busy"),
];

const NUMBERS: readonly AccountNumber[] = [
  { id: "1001", number: MAIN_NUMBER, localized: "030 23125900", type: "LANDLINE" },
  { id: "1002", number: "+494066969900", localized: "040 66969900", type: "LANDLINE" },
  { id: "1003", number: "+4915228817386", localized: "01522 8817386", type: "MOBILE" },
];

export const CLASSIC: Tenant = {
  platform: "classic",
  user: "w0",
  domain: "sandbox.sipgate.example",
  masterSipId: "1000000",
  balance: 4217,
  devices: [
    ...VOIP_PHONES,
    device("x0", "External phone", "EXTERNAL", "answers"),
    device("y0", "Mobile phone", "MOBILE", "answers"),
  ],
  numbers: NUMBERS,
  channels: [],
};

export const NEO: Tenant = {
  ...CLASSIC,
  platform: "neo",
  masterSipId: "2000000",
  devices: [
    ...VOIP_PHONES,
    // Reported: neo refuses a mobile device, and takes the mobile app, which then never rings.
    device("y0", "Mobile phone", "MOBILE", "refused"),
    device("a0", "Mobile app", "APP", "offline"),
    device("e6", "Desktop app", "APP", "answers"),
  ],
  channels: [
    { id: "f3b1c2d4-0000-4000-8000-00000000c001", name: "Reception", deviceIds: [] },
    {
      id: "f3b1c2d4-0000-4000-8000-00000000c002",
      name: "Sales",
      deviceIds: ["e0", "e1", "e2", "e3", "e4", "e5", "e6", "y0", "a0"],
    },
  ],
};

/** Extensions on classic that ring devices without being one: the phone line rings the desk phone. */
export const PHONE_LINES: ReadonlyMap<string, string> = new Map([["p0", "e0"]]);

/** The device that an extension rings, if it's this user's. */
export function deviceOf(tenant: Tenant, extension: string): Device | undefined {
  const id = (tenant.platform === "classic" ? PHONE_LINES.get(extension) : undefined) ?? extension;
  return tenant.devices.find((candidate) => candidate.id === id);
}
