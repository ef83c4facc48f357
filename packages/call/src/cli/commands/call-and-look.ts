// The commands that people use every day, beside dial.
import type { Command } from "../command.js";
import { balance } from "./balance.js";
import { calls } from "./calls.js";
import { channels } from "./channels.js";
import type { CALL_AND_LOOK } from "./command-names.js";
import { contacts } from "./contacts.js";
import { announce, dtmf, hangup, hold, mute, record, resume, transfer, unmute } from "./control.js";
import { devices } from "./devices.js";
import { history } from "./history.js";
import { list } from "./list.js";
import { numbers } from "./numbers.js";
import { redial } from "./redial.js";

export const callAndLook: Readonly<Record<(typeof CALL_AND_LOOK)[number], Command>> = {
  redial,
  calls,
  hangup,
  mute,
  unmute,
  hold,
  resume,
  dtmf,
  transfer,
  record,
  announce,
  list,
  devices,
  numbers,
  channels,
  balance,
  history,
  contacts,
};
