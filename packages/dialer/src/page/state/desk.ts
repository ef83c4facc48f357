import { signal } from "@preact/signals";
import type { WireDesk, WireEvent } from "../../wire/wire.js";

/** The agent who works at this dialer; undefined if there are no call lists here. */
export const desk = signal<WireDesk | undefined>(undefined);

export function takeDeskEvent(event: WireEvent): void {
  if (event.kind !== "call") desk.value = event.desk;
}
