import { readExtension } from "../../call/extension.js";
import type { Device, Platform } from "../../call/telephony.js";
import { printable } from "../../call/text/printable.js";
import type { Client } from "../../client/client.js";
import { refusesPhone } from "../../sipgate/platform/neo-rules.js";
import { inCommandWords } from "../terminal/command-words.js";
import type { Asking, Choice, Reading } from "./asking.js";
import { listed } from "./listed.js";

const MESSAGE = "Phone to call from";
const NEO_REFUSES = "neo refuses mobile phones";

/** The extension of the phone that rings first. */
export async function choosePhone(
  client: Client,
  platform: Platform | undefined,
  ask: Asking,
  known: string | undefined,
): Promise<string> {
  const devices = await listed(client.devices(), "phones", ask);
  const choices = devices?.map((device) => choiceOf(device, platform)) ?? [];
  const usable = (devices ?? []).filter((_, index) => choices[index]?.unusable === undefined);
  const best =
    usable.find(({ id }) => id === known) ??
    usable.find(({ online, dnd }) => online !== false && dnd !== true) ??
    usable[0];
  if (best !== undefined) return ask.choose({ message: MESSAGE, choices, initial: best.id });
  if (devices !== undefined) ask.warn("You have no phone that can place calls.");
  const message = `${MESSAGE} (its extension, such as e0)`;
  return ask.text({ message, initial: known, read: (answer) => extension(answer, platform) });
}

function choiceOf(device: Device, platform: Platform | undefined): Choice {
  const state = [
    ...(device.online === false ? ["offline"] : []),
    ...(device.dnd === true ? ["do not disturb"] : []),
  ];
  return {
    id: printable(device.id),
    label: [printable(device.alias), ...state].join(", "),
    unusable: platform === "neo" && refusesPhone(device) ? NEO_REFUSES : undefined,
  };
}

function extension(answer: string, platform: Platform | undefined): Reading<string> {
  const result = readExtension(answer);
  if (!result.ok) return { ok: false, problem: inCommandWords(`${result.message} ${result.remedy}`) };
  return platform === "neo" && refusesPhone({ id: result.extension })
    ? { ok: false, problem: `${result.extension} can't call: ${NEO_REFUSES}.` }
    : { ok: true, value: result.extension };
}
