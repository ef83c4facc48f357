import { pushCauseFor } from "../assumptions.js";
import type { EndCause } from "../switch/end.js";
import type { PhoneBehaviour } from "./behaviour.js";

/** Types of devices. APP exists on neo only. */
export type DeviceType = "REGISTER" | "MOBILE" | "EXTERNAL" | "APP";

/** A device of a sandbox account: what the API shows, and how its phone behaves. */
export interface Device {
  readonly id: string;
  readonly type: DeviceType;
  readonly alias: string;
  readonly online: boolean;
  readonly dnd: boolean;
  readonly behaviour: PhoneBehaviour;
  /** What it does as a caller, in English. */
  readonly behaviourText: string;
}

const answers = (afterMs: number): PhoneBehaviour => ({ kind: "answers", afterMs });

const declines = (ringsMs: number, cause: EndCause): PhoneBehaviour => ({
  kind: "declines",
  ringsMs,
  end: { party: "caller", cause, raw: pushCauseFor(cause) },
});

function device(
  id: string,
  type: DeviceType,
  alias: string,
  behaviour: PhoneBehaviour,
  behaviourText: string,
  flags: { online?: boolean; dnd?: boolean } = {},
): Device {
  return { id, type, alias, online: flags.online ?? true, dnd: flags.dnd ?? false, behaviour, behaviourText };
}

const REGISTERED: readonly Device[] = [
  device("e0", "REGISTER", "Desk phone", answers(2_000), "answers after 2 s"),
  device("e1", "REGISTER", "Unplugged phone", { kind: "offline" }, "is offline: never rings", {
    online: false,
  }),
  device("e2", "REGISTER", "Quiet phone", declines(0, "rejected"), "is set to do not disturb: never rings", {
    dnd: true,
  }),
  device("e3", "REGISTER", "Forgotten phone", { kind: "rings" }, "rings, is never answered"),
  device("e4", "REGISTER", "Unwilling phone", declines(2_000, "rejected"), "rings for 2 s, then declines"),
  device("e5", "REGISTER", "Busy phone", declines(0, "busy"), "is busy"),
];

/** The devices of user w0 on classic. */
export const CLASSIC_DEVICES: readonly Device[] = [
  ...REGISTERED,
  device("x0", "EXTERNAL", "External phone", answers(4_000), "answers after 4 s"),
  device("y0", "MOBILE", "Mobile phone", answers(3_000), "answers after 3 s"),
];

/** The device of user w1. w0 may not use it. */
export const SECOND_USER_DEVICES: readonly Device[] = [
  device(
    "e9",
    "REGISTER",
    "Colleague's phone",
    answers(2_000),
    "answers after 2 s; belongs to user w1: 403 for w0",
  ),
];

/** The devices of user w0 on neo, which refuses mobile devices as callers. The mobile app never rings [reported]. */
export const NEO_DEVICES: readonly Device[] = [
  ...REGISTERED,
  device("y0", "MOBILE", "Mobile phone", { kind: "silent" }, 'is refused: "Invalid invitable device"'),
  device("a0", "APP", "Desktop app", answers(2_000), "answers after 2 s"),
  device("a1", "APP", "Mobile app", { kind: "silent" }, "is accepted, never rings"),
];
