// Whether the microphone can be used: asked before anybody is rung, so that a question of the browser's comes first.
import { microphone, phoneStatus } from "./browser-phone.js";

/** Asks the browser for the microphone, and gives it back at once. */
export async function checkMicrophone(): Promise<boolean> {
  const deviceId = microphone.value === "" ? {} : { deviceId: { ideal: microphone.value } };
  try {
    const stream = await navigator.mediaDevices.getUserMedia({ audio: { ...deviceId } });
    for (const track of stream.getTracks()) track.stop();
  } catch {
    phoneStatus.value = "no-microphone";
    return false;
  }
  if (phoneStatus.value === "no-microphone") phoneStatus.value = "ready";
  return true;
}
