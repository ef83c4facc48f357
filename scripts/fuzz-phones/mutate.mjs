// Input that is almost right.

const TOKENS = [
  "\r\n",
  "\r\n\r\n",
  ":",
  ";",
  ",",
  "<",
  ">",
  '"',
  "%",
  "\\",
  "\0",
  "SIP/2.0",
  "sip:",
  "-1",
  "999999999999",
  "tag=",
  "Via: ",
  "a=",
  "m=audio",
  "🙂",
];

/** Numbers that look random and are the same for the same seed (mulberry32). */
export function randomFrom(seed) {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
}

/** The bytes with a few changes. */
export function mutated(bytes, random) {
  let changed = Buffer.from(bytes);
  for (let count = 1 + random(4); count > 0; count -= 1) {
    const at = random(changed.length + 1);
    const to = Math.min(changed.length, at + 1 + random(random(8) === 0 ? 400 : 12));
    const [before, middle, after] = [changed.subarray(0, at), changed.subarray(at, to), changed.subarray(to)];
    switch (random(6)) {
      case 0:
        changed = Buffer.concat([before, after]);
        break;
      case 1:
        changed = Buffer.concat([before, middle, middle, after]);
        break;
      case 2:
        changed = Buffer.concat([before, Buffer.from(TOKENS[random(TOKENS.length)]), middle, after]);
        break;
      case 3:
        changed = Buffer.concat([before, Buffer.from(middle).fill(random(256)), after]);
        break;
      case 4:
        changed = Buffer.concat([before, Buffer.alloc(random(3_000), TOKENS[random(TOKENS.length)]), after]);
        break;
      default:
        if (at < changed.length) changed[at] = random(256);
    }
  }
  return changed;
}
