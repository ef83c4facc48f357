import { HEALTHY_BALANCE } from "../assumptions.js";
import { CLASSIC_DEVICES, NEO_DEVICES, SECOND_USER_DEVICES } from "../phones/devices.js";
import type { Account, Channel, RingGroup, User } from "./account.js";

const W0_NUMBER = "+496990009000";
const W1_NUMBER = "+496990009001";
const GROUP_NUMBER = "+496990009002";

const MAIN_LINE: RingGroup = {
  id: "p0",
  alias: "Main line",
  number: W0_NUMBER,
  deviceIds: ["e3", "e0"],
};
const SECOND_LINE: RingGroup = { id: "p1", alias: "Second line", number: W1_NUMBER, deviceIds: ["e9"] };
const SALES: RingGroup = { id: "g0", alias: "Sales", number: GROUP_NUMBER, deviceIds: ["e2", "e3", "e0"] };

const CLASSIC_USERS: readonly User[] = [
  { id: "w0", isAdmin: true, number: W0_NUMBER, devices: CLASSIC_DEVICES, phonelines: [MAIN_LINE] },
  { id: "w1", isAdmin: false, number: W1_NUMBER, devices: SECOND_USER_DEVICES, phonelines: [SECOND_LINE] },
];
/** Accounts that were made on neo have no phonelines [reported]; those that were moved there keep them. */
const NEO_USERS: readonly User[] = [
  { id: "w0", isAdmin: true, number: W0_NUMBER, devices: NEO_DEVICES, phonelines: [] },
  { id: "w1", isAdmin: false, number: W1_NUMBER, devices: SECOND_USER_DEVICES, phonelines: [] },
];
const MIGRATED_USERS: readonly User[] = [
  { id: "w0", isAdmin: true, number: W0_NUMBER, devices: NEO_DEVICES, phonelines: [MAIN_LINE] },
  { id: "w1", isAdmin: false, number: W1_NUMBER, devices: SECOND_USER_DEVICES, phonelines: [SECOND_LINE] },
];

/** A call without a `channelId` goes through the channel that has its device. */
const NEO_CHANNELS: readonly Channel[] = [
  { id: "channel-support", name: "Support", users: [{ id: "w1", deviceIds: ["e9"] }] },
  {
    id: "channel-main",
    name: "Main",
    users: [
      { id: "w1", deviceIds: [] },
      { id: "w0", deviceIds: NEO_DEVICES.map(({ id }) => id) },
    ],
  },
];

/** The user is in a channel, but none of the user's devices is. */
const CHANNELS_WITHOUT_DEVICE: readonly Channel[] = [
  { id: "channel-support", name: "Support", users: [{ id: "w1", deviceIds: ["e9"] }] },
  { id: "channel-main", name: "Main", users: [{ id: "w0", deviceIds: [] }] },
];

function classic(name: string, masterSipId: string, differs: Partial<Account> = {}): Account {
  return {
    name,
    platform: "classic",
    masterSipId,
    users: CLASSIC_USERS,
    groups: [SALES],
    channels: [],
    balance: HEALTHY_BALANCE,
    refusesPlus: false,
    callIdName: "callId",
    keepsHistory: true,
    ...differs,
  };
}

function neo(name: string, masterSipId: string, differs: Partial<Account> = {}): Account {
  return {
    ...classic(name, masterSipId),
    platform: "neo",
    users: NEO_USERS,
    groups: [],
    channels: NEO_CHANNELS,
    keepsHistory: false,
    ...differs,
  };
}

/** The sandbox's accounts. They never change, so all sandboxes share them. */
export const ACCOUNTS = {
  classic: classic("classic", "1000000"),
  classicNoBalance: classic("classic-no-balance", "1000001", { balance: 0 }),
  neo: neo("neo", "2000000"),
  neoNoBalance: neo("neo-no-balance", "2000001", { balance: 0 }),
  neoNoPlus: neo("neo-no-plus", "2000002", { refusesPlus: true }),
  neoNoChannel: neo("neo-no-channel", "2000003", { channels: CHANNELS_WITHOUT_DEVICE }),
  neoSessionId: neo("neo-session-id", "2000004", { callIdName: "sessionId" }),
  neoCallSid: neo("neo-call-sid", "2000005", { callIdName: "callSid" }),
  neoMigrated: neo("neo-migrated", "2000006", { keepsHistory: true, users: MIGRATED_USERS }),
} as const satisfies Readonly<Record<string, Account>>;
