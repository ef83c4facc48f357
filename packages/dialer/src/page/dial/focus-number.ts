/**
 * Puts the focus into the number field, once what was changed before is drawn: Preact draws in a microtask that is queued
 * already. The next key that is pressed comes after both, so nothing that is typed gets lost.
 */
export function focusNumber(): void {
  queueMicrotask(() => document.getElementById("number")?.focus());
}
