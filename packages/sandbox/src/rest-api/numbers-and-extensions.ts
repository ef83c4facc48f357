/** An international number, as sipgate wants it. */
export function isE164(text: string): boolean {
  return /^\+[1-9]\d{4,14}$/.test(text);
}

/** Emergency numbers aren't processed (sipgate.io's FAQ). */
export function isEmergency(text: string): boolean {
  return /^(?:\+?49)?0?11[02]$/.test(text);
}

/** The form of an extension that may call: a letter and 0, or a number without leading zeros. */
export function isExtension(text: string): boolean {
  return /^[epxya](?:0|[1-9]\d*)$/.test(text);
}
