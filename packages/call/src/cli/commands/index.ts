// The commands by name. Each is loaded when it's used, except dial, which has to start quickly.
import type { Command } from "../command.js";
import { dial } from "./dial.js";

export const COMMANDS: Readonly<Record<string, () => Promise<Command>>> = {
  dial: async () => dial,
  init: async () => (await import("./init.js")).init,
  login: async () => (await import("./login.js")).login,
  logout: async () => (await import("./logout.js")).logout,
  profiles: async () => (await import("./profiles.js")).profiles,
  doctor: async () => (await import("./doctor.js")).doctor,
  devices: async () => (await import("./devices.js")).devices,
  numbers: async () => (await import("./numbers.js")).numbers,
  channels: async () => (await import("./channels.js")).channels,
  balance: async () => (await import("./balance.js")).balance,
  calls: async () => (await import("./calls.js")).calls,
  history: async () => (await import("./history.js")).history,
  hangup: async () => (await import("./control.js")).hangup,
  mute: async () => (await import("./control.js")).mute,
  unmute: async () => (await import("./control.js")).unmute,
  hold: async () => (await import("./control.js")).hold,
  resume: async () => (await import("./control.js")).resume,
  dtmf: async () => (await import("./control.js")).dtmf,
  transfer: async () => (await import("./control.js")).transfer,
  record: async () => (await import("./control.js")).record,
  announce: async () => (await import("./control.js")).announce,
  contacts: async () => (await import("./contacts.js")).contacts,
  whoami: async () => (await import("./whoami.js")).whoami,
};
