// What is measured: rows (ours, peers) with columns of samples, one sample for each round.

/** Measures each row once per round, in turns and every other time backwards, so a slow moment hits all alike. */
export async function inTurns(rounds, rows) {
  const samples = Object.fromEntries(Object.keys(rows).map((name) => [name, {}]));
  for (let round = 0; round < rounds; round += 1) {
    const order = Object.entries(rows);
    if (round % 2 === 1) order.reverse();
    for (const [name, measure] of order) {
      for (const [column, value] of Object.entries(await measure())) {
        samples[name][column] ??= [];
        samples[name][column].push(value);
      }
    }
  }
  return samples;
}

/** Adds to each row what part a column is of another row's: the ratio within each round. */
export function addRatios(samples, column, other, name = `of ${other}`) {
  for (const row of Object.values(samples)) {
    if (row[column] === undefined) continue;
    row[name] = row[column].map((value, round) => value / samples[other][column][round]);
  }
}

/** Median and quartiles. */
export function summary(values) {
  const sorted = [...values].sort((a, b) => a - b);
  const quantile = (part) => {
    const place = (sorted.length - 1) * part;
    const [below, above] = [sorted[Math.floor(place)], sorted[Math.ceil(place)]];
    return below + (above - below) * (place % 1);
  };
  return { median: quantile(0.5), from: quantile(0.25), to: quantile(0.75) };
}

/** Holds a column's median against what is to be reached: `limit` and which side of it is good. */
export function target(text, values, { atMost, atLeast }) {
  const { median } = summary(values);
  const isMet = atMost === undefined ? median >= atLeast : median <= atMost;
  return { text, value: median, isMet };
}

/** A wrong answer fails the run. */
export function demand(isRight, what) {
  if (!isRight) throw new Error(`Wrong answer: ${what}`);
}
