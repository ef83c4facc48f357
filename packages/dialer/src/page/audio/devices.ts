// What is plugged in. Without permission to use a microphone, browsers name nothing.
import { computed, signal } from "@preact/signals";

const found = signal<readonly MediaDeviceInfo[]>([]);

const named = (kind: MediaDeviceKind) =>
  computed(() =>
    found.value
      // The browser's "default" is the system's, which stands first in every choice.
      .filter((device) => device.kind === kind && device.deviceId !== "" && device.deviceId !== "default")
      .map(({ deviceId, label }) => ({ id: deviceId, name: label })),
  );

export const microphones = named("audioinput");
export const loudspeakers = named("audiooutput");
/** Counts the times that something was plugged in or out. */
export const pluggings = signal(0);

export const lookForDevices = (): void =>
  void navigator.mediaDevices?.enumerateDevices().then(
    (devices) => {
      found.value = devices;
    },
    () => {},
  );

export function watchDevices(): void {
  lookForDevices();
  navigator.mediaDevices?.addEventListener("devicechange", () => {
    lookForDevices();
    pluggings.value += 1;
  });
}
