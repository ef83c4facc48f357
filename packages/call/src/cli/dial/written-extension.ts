/**
 * The extension in a number that is whole without it: 030 23125000-1 (as DIN 5008 writes extensions). Somebody may have
 * meant something else by the dash, so it's told before anything is dialled.
 *
 * @param number what was read
 */
export function writtenExtension(typed: string, number: string): string | undefined {
  const [, extension] = /\d ?[-\u2010-\u2015] ?(\d{1,4})$/.exec(typed.trim()) ?? [];
  if (extension === undefined || !/^\+49(?!1[567])/.test(number)) return undefined;
  return number.length - extension.length >= WHOLE ? extension : undefined;
}

/** Characters of `+4930` and a local number of seven digits. */
const WHOLE = 12;
