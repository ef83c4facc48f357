// The commands by name. Each is loaded when it's used, except dial, which has to start quickly.
import type { Command } from "../command.js";
import { dial } from "./dial.js";

const control = () => import("./control.js");

export const COMMANDS: Readonly<Record<string, () => Promise<Command>>> = {
  dial: async () => dial,
  redial: async () => (await import("./redial.js")).redial,
  init: async () => (await import("./init.js")).init,
  login: async () => (await import("./login.js")).login,
  logout: async () => (await import("./logout.js")).logout,
  profiles: async () => (await import("./profiles.js")).profiles,
  config: async () => (await import("./config.js")).config,
  completion: async () => (await import("./completion.js")).completion,
  doctor: async () => (await import("./doctor.js")).doctor,
  devices: async () => (await import("./devices.js")).devices,
  numbers: async () => (await import("./numbers.js")).numbers,
  channels: async () => (await import("./channels.js")).channels,
  balance: async () => (await import("./balance.js")).balance,
  calls: async () => (await import("./calls.js")).calls,
  history: async () => (await import("./history.js")).history,
  hangup: async () => (await control()).hangup,
  mute: async () => (await control()).mute,
  unmute: async () => (await control()).unmute,
  hold: async () => (await control()).hold,
  resume: async () => (await control()).resume,
  dtmf: async () => (await control()).dtmf,
  transfer: async () => (await control()).transfer,
  record: async () => (await control()).record,
  announce: async () => (await control()).announce,
  contacts: async () => (await import("./contacts.js")).contacts,
  list: async () => (await import("./list.js")).list,
  whoami: async () => (await import("./whoami.js")).whoami,
};
