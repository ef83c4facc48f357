// What the page remembers in this browser. Nothing secret but the page's half of its sign-in.
type SettingName =
  | "token"
  | "language"
  | "theme"
  | "device"
  | "caller-id"
  | "single-keys"
  | "browser-device"
  | "answers"
  | "microphone"
  | "speaker"
  | "ringer"
  | "calls"
  | "checked"
  | "call-list"
  | "agent"
  | `note:${string}`;

export const readSetting = (name: SettingName): string | undefined =>
  localStorage.getItem(`dialer.${name}`) ?? undefined;

export function writeSetting(name: SettingName, value: string): void {
  if (value === "") localStorage.removeItem(`dialer.${name}`);
  else localStorage.setItem(`dialer.${name}`, value);
}
