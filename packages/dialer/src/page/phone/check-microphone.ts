// Whether the microphone can be used: asked before anybody is rung, so a question of the browser's comes first.
import { microphones } from "../audio/devices.js";
import { openMicrophone } from "../audio/microphone.js";
import { phoneStatus } from "./browser-phone.js";

/** It's told of changes, so a click needn't wait for it. Undefined in browsers that don't tell. */
let permission: PermissionStatus | undefined;

export async function watchPermission(): Promise<void> {
  permission = await navigator.permissions.query({ name: "microphone" }).catch(() => undefined);
}

/** Asks the browser for the microphone, and gives it back at once. Opening one takes a while, so it's asked only if needed. */
export async function checkMicrophone(): Promise<boolean> {
  if (phoneStatus.value === "ready" && permission?.state === "granted" && microphones.value.length > 0)
    return true;
  try {
    const stream = await openMicrophone();
    for (const track of stream.getTracks()) track.stop();
  } catch {
    phoneStatus.value = "no-microphone";
    return false;
  }
  if (phoneStatus.value === "no-microphone") phoneStatus.value = "ready";
  return true;
}
