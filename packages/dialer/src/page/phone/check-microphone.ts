// Whether the microphone can be used: asked before anybody is rung, so that a question of the browser's comes first.
import { openMicrophone } from "../audio/microphone.js";
import { phoneStatus } from "./browser-phone.js";

/** Asks the browser for the microphone, and gives it back at once. Opening one takes a while, so it's asked only if needed. */
export async function checkMicrophone(): Promise<boolean> {
  if (phoneStatus.value === "ready" && (await isGranted())) return true;
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

async function isGranted(): Promise<boolean> {
  const [permission, devices] = await Promise.all([
    navigator.permissions.query({ name: "microphone" }).catch(() => undefined),
    navigator.mediaDevices.enumerateDevices(),
  ]);
  return permission?.state === "granted" && devices.some(({ kind }) => kind === "audioinput");
}
