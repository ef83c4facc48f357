// The phones that `devices` listed last, for the completion in shells: asking sipgate at each press of TAB would be slow.
import type { Device } from "../call/telephony.js";
import { readState, writeState } from "../files/state-file.js";

export interface KnownPhones {
  readonly phones: readonly Pick<Device, "id" | "alias">[];
  /** Milliseconds since 1970. */
  readonly listedAt: number;
}

const NAME = "phones";

export function keepPhones(devices: readonly Device[]): void {
  const phones = devices.map(({ id, alias }) => ({ id, alias }));
  writeState(NAME, { phones, listedAt: Date.now() } satisfies KnownPhones);
}

export function knownPhones(): KnownPhones | undefined {
  const kept = readState(NAME);
  if (typeof kept !== "object" || kept === null) return undefined;
  const { phones, listedAt }: Readonly<Record<string, unknown>> = { ...kept };
  if (!Array.isArray(phones) || typeof listedAt !== "number") return undefined;
  return { phones: phones.filter(isPhone), listedAt };
}

function isPhone(value: unknown): value is KnownPhones["phones"][number] {
  if (typeof value !== "object" || value === null) return false;
  const { id, alias }: Readonly<Record<string, unknown>> = { ...value };
  return typeof id === "string" && typeof alias === "string";
}
